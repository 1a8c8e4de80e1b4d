import path from 'node:path';
import type { Command } from 'commander';
import type { Calibration } from '../calibrate/calibration.ts';
import { ServiceError } from '../errors.ts';
import type { CalibrationCheck, Terrain } from '../inspect/check.ts';
import { checkCalibration } from '../inspect/check-calibration.ts';
import { drawCalibration } from '../inspect/draw-calibration.ts';
import { decodePicture } from '../picture/codec.ts';
import type { CliContext } from './context.ts';
import { readNamedDem } from './dem-around.ts';
import { numberOption, wholeOption } from './number-options.ts';
import { writePicture } from './write-picture.ts';

/** How a solved camera is looked at. */
export interface ViewOptions {
  readonly epsg: number;
  readonly photo?: string;
  readonly dem?: string;
  readonly demEpsg?: number;
  readonly heightSigma: number;
  readonly picture?: string;
}

/** Far enough for most skylines; as far as rivage locate looks. m */
const radiusM = 10_000;

export function addView(command: Command, say: CliContext['say']): Command {
  return command
    .option(
      '--dem <file>',
      say({
        en: 'elevation model, GeoTIFF: the camera and the points are checked against it',
        fr: "modèle d'altitude, GeoTIFF : l'appareil et les points y sont confrontés",
      }),
    )
    .option(
      '--dem-epsg <n>',
      say({ en: 'CRS of the DEM, if it does not say', fr: "système du MNT, s'il ne le dit pas" }),
      wholeOption('--dem-epsg'),
    )
    .option(
      '--height-sigma <m>',
      say({ en: 'how well the heights of the DEM are known, 1 σ', fr: 'précision des altitudes du MNT, 1 σ' }),
      numberOption('--height-sigma', 0, 1000),
      0.5,
    )
    .option(
      '--picture <file>',
      say({
        en: 'write the photo as a PNG with points, ground grid, horizon and skyline drawn over it; with --photo',
        fr: "écrire la photo en PNG avec les points, la grille au sol, l'horizon et les crêtes ; avec --photo",
      }),
    );
}

/**
 * Checks a solved camera, and draws it over its photo where a picture is asked for.
 * @throws ServiceError bad-option, file-not-written, and those of readDemAround, decodePicture and drawCalibration
 */
export async function viewCalibration(
  calibration: Calibration,
  options: ViewOptions,
  { cwd, config }: Pick<CliContext, 'cwd' | 'config'>,
): Promise<readonly CalibrationCheck[]> {
  const at = (file: string): string => path.resolve(cwd, file);
  const dem = await readTerrain(calibration, options, at);
  if (options.picture !== undefined) {
    if (options.photo === undefined) {
      const why = { en: 'it needs the photo: --photo', fr: 'il faut la photo : --photo' };
      throw new ServiceError('bad-option', { option: '--picture', value: options.picture, why });
    }
    const image = await decodePicture(at(options.photo));
    const drawn = await drawCalibration({ image, calibration, dem, language: config.language });
    await writePicture(at(options.picture), drawn);
  }
  return checkCalibration(calibration, dem);
}

async function readTerrain(
  { camera }: Calibration,
  { dem, demEpsg, epsg, heightSigma }: ViewOptions,
  at: (file: string) => string,
): Promise<Terrain | undefined> {
  if (dem === undefined) return undefined;
  const grid = await readNamedDem(camera.origin, { file: at(dem), demEpsg, epsg, radiusM });
  return { grid, heightSigmaM: heightSigma };
}
