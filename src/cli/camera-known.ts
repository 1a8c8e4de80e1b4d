import path from 'node:path';
import type { Command } from 'commander';
import type { CalibrationRequest } from '../calibrate/calibration-request.ts';
import { chooseFocal } from '../calibrate/focal.ts';
import { type Lens, lensKinds } from '../camera/camera.ts';
import { ServiceError } from '../errors.ts';
import { fromAxes } from '../geo/crs.ts';
import type { SizePx } from '../geo/frames.ts';
import { type PhotoFocal, readFocal } from '../ingest/exif.ts';
import { readHeader } from '../picture/codec.ts';
import type { CliContext } from './context.ts';
import { nameOption, numberOption, sizeOption, tripleOption } from './number-options.ts';

/** What a person may know of a camera before it is calibrated, as options. */
export interface KnownOptions {
  readonly epsg: number;
  readonly size?: SizePx;
  readonly photo?: string;
  readonly position?: readonly number[];
  readonly positionSigma: number;
  readonly heading?: number;
  readonly pitch: number;
  readonly roll: number;
  readonly focalPx?: number;
  readonly focalMm?: number;
  readonly sensorMm?: number;
  readonly lens: Lens['kind'];
}

/** Adds the options of KnownOptions, but for `epsg`. */
export function addKnown(command: Command, say: CliContext['say']): Command {
  addPhoto(command, say)
    .option(
      '--position <x,y,z>',
      say({
        en: 'where the camera stands, in --epsg (lon,lat,h for 4326)',
        fr: "où est l'appareil, dans --epsg (lon,lat,h pour 4326)",
      }),
      tripleOption('--position'),
    )
    .option(
      '--position-sigma <m>',
      say({ en: 'how well that is known, 1 σ', fr: 'à combien près, 1 σ' }),
      numberOption('--position-sigma', 0.001, 1e6),
      3,
    )
    .option(
      '--heading <deg>',
      say({ en: 'rough aim, clockwise from north', fr: 'visée approchée, depuis le nord, sens horaire' }),
      numberOption('--heading', -360, 360),
    )
    .option(
      '--pitch <deg>',
      say({ en: 'with --heading: up from the horizon', fr: "avec --heading : vers le haut depuis l'horizon" }),
      numberOption('--pitch', -90, 90),
      0,
    )
    .option(
      '--roll <deg>',
      say({ en: 'with --heading: clockwise seen from behind', fr: 'avec --heading : sens horaire vu de derrière' }),
      numberOption('--roll', -180, 180),
      0,
    )
    .option(
      '--deployment <file>',
      say({
        en: 'in place of --heading and --pitch: a Camtrap DP deployments.csv',
        fr: 'à la place de --heading et --pitch : un deployments.csv de Camtrap DP',
      }),
    );
  return addLens(command, say);
}

function addPhoto(command: Command, say: CliContext['say']): Command {
  return command
    .option('--size <WxH>', say({ en: 'size of the photo, px', fr: 'taille de la photo, px' }), sizeOption('--size'))
    .option(
      '--photo <file>',
      say({
        en: 'the photo: its size, and the focal length of its EXIF',
        fr: 'la photo : sa taille, et la focale de son EXIF',
      }),
    );
}

function addLens(command: Command, say: CliContext['say']): Command {
  return command
    .option(
      '--focal-px <f>',
      say({ en: 'rough focal length, px (10 %)', fr: 'focale approchée, px (10 %)' }),
      numberOption('--focal-px', 10, 1e6),
    )
    .option(
      '--focal-mm <f>',
      say({
        en: 'focal length of the lens, mm, not its 35 mm equivalent; with --sensor-mm',
        fr: "focale de l'objectif, mm, et non l'équivalent 24×36 ; avec --sensor-mm",
      }),
      numberOption('--focal-mm', 0.5, 5000),
    )
    .option(
      '--sensor-mm <w>',
      say({ en: 'width of the sensor, mm', fr: 'largeur du capteur, mm' }),
      numberOption('--sensor-mm', 1, 200),
    )
    .option(
      '--lens <kind>',
      say({ en: 'kind of lens: brown-conrady or fisheye', fr: "type d'objectif : brown-conrady ou fisheye" }),
      nameOption('--lens', lensKinds),
      'brown-conrady' as const,
    );
}

/**
 * What the options and the photo's EXIF say of the camera.
 * @throws ServiceError option-missing, and those of readHeader
 */
export async function readKnown(options: KnownOptions, cwd: string): Promise<Omit<CalibrationRequest, 'gcps'>> {
  const { position, heading, pitch, roll, lens } = options;
  const photo = options.photo === undefined ? undefined : path.resolve(cwd, options.photo);
  const sizePx = options.size ?? (photo === undefined ? undefined : (await readHeader(photo)).sizePx);
  if (!sizePx) {
    const why = {
      en: 'give the size of the photo, or the photo itself with --photo',
      fr: 'donnez la taille de la photo, ou la photo elle-même avec --photo',
    };
    throw new ServiceError('option-missing', { option: '--size', why });
  }
  const told = photo === undefined ? undefined : await readFocal(photo, sizePx);
  return {
    sizePx,
    lens: { kind: lens },
    ...(position ? { position: { ...fromAxes(position, options.epsg), sigmaM: options.positionSigma } } : {}),
    ...(heading === undefined ? {} : { aim: { headingDeg: heading, pitchDeg: pitch, rollDeg: roll } }),
    ...focalOf(options, sizePx, told),
  };
}

function focalOf(
  { focalPx, focalMm, sensorMm }: KnownOptions,
  sizePx: SizePx,
  exif: PhotoFocal | undefined,
): Pick<CalibrationRequest, 'focalPx' | 'focalSigmaPx'> {
  if (focalMm !== undefined && sensorMm === undefined) {
    const why = {
      en: '--focal-mm needs the width of the sensor beside it',
      fr: '--focal-mm demande aussi la largeur du capteur',
    };
    throw new ServiceError('option-missing', { option: '--sensor-mm', why });
  }
  return chooseFocal({ focalPx, focalMm, sensorWidthMm: sensorMm, exif }, sizePx);
}
