import type { CalibratedGcp, Calibration } from '../calibrate/calibration.ts';
import { type DemGrid, elevationUnder, groundAt, stepUnder } from '../dem/grid.ts';
import { toEnu } from '../geo/plane.ts';
import type { CalibrationCheck, Terrain } from './check.ts';
import { joinNames } from './say-names.ts';

/** A GCP may be the top of a rock, a roof or a summit that the DEM smooths: so far over the ground it passes, m. */
const topsM = 6;

/** Holds the height of the camera against the ground under it. */
export function checkCameraHeight(
  { camera, free, covariance }: Calibration,
  { grid, heightSigmaM }: Terrain,
): CalibrationCheck {
  const { position } = camera.pose;
  const ground = groundAt(grid, position.eastM, position.northM);
  if (!ground) {
    const sentence = {
      en: 'The DEM has no elevation under the camera: whether it stands over the ground cannot be told.',
      fr: "Le MNT n'a pas d'altitude sous l'appareil : on ne sait pas s'il est au-dessus du sol.",
    };
    return { check: 'camera-above-ground', passed: false, sentence };
  }
  const aboveM = position.upM - ground.upM;
  const up = free.indexOf('upM');
  const sigmaM = Math.sqrt(up < 0 ? 0 : (covariance[up * (free.length + 1)] ?? 0));
  const passed = aboveM > -3 * Math.hypot(heightSigmaM, sigmaM);
  const off = `${Math.abs(aboveM).toFixed(1)} m`;
  const known =
    sigmaM < 0.05
      ? { en: '', fr: '' }
      : {
          en: ` (its height is known to ± ${sigmaM.toFixed(1)} m)`,
          fr: ` (sa hauteur est connue à ± ${sigmaM.toFixed(1)} m)`,
        };
  if (passed) {
    const side = aboveM < 0 ? { en: 'under', fr: 'sous' } : { en: 'over', fr: 'au-dessus de' };
    const sentence = {
      en: `The camera is ${off} ${side.en} the ground of the DEM${known.en}.`,
      fr: `L'appareil est ${off} ${side.fr} la surface du MNT${known.fr}.`,
    };
    return { check: 'camera-above-ground', passed, sentence };
  }
  const sentence = {
    en: `The camera is ${off} under the ground of the DEM: are both heights in metres, and over the same zero (sea level or ellipsoid)?`,
    fr: `L'appareil est ${off} sous la surface du MNT : les deux altitudes sont-elles en mètres, et comptées du même zéro (mer ou ellipsoïde) ?`,
  };
  return { check: 'camera-above-ground', passed, sentence };
}

/** A GCP held against the DEM. */
interface Compared {
  readonly gcp: CalibratedGcp;
  /** The DEM at its place, m. */
  readonly elevationM: number;
  /** How far it is over the highest (+) or under the lowest (−) ground nearby, m; 0 between. */
  readonly offM: number;
  readonly isOff: boolean;
}

/** Holds the height of each GCP against the DEM. */
export function checkGcpHeights(calibration: Calibration, terrain: Terrain): CalibrationCheck {
  const compared = calibration.gcps.flatMap((gcp) => compare(gcp, calibration, terrain));
  const off = compared.filter(({ isOff }) => isOff);
  const check = 'gcps-on-ground';
  if (off.length === 0) {
    const sentence = {
      en: `The heights of the points agree with the DEM (${compared.length} of ${calibration.gcps.length} lie on it).`,
      fr: `Les altitudes des points concordent avec le MNT (${compared.length} sur ${calibration.gcps.length} sont dessus).`,
    };
    return { check, passed: true, sentence };
  }
  const gcps = off.map(({ gcp }) => gcp.name);
  return { check, passed: false, gcps, sentence: sayAllOff(compared, off) ?? sayOff(off) };
}

function compare(gcp: CalibratedGcp, { camera }: Calibration, { grid, heightSigmaM }: Terrain): readonly Compared[] {
  const { eastM, northM } = toEnu(camera.origin, gcp.position);
  const elevationM = elevationUnder(grid, { eastM, northM, upM: 0 });
  if (elevationM === undefined) return [];
  const { low, high } = heightsAround(grid, eastM, northM, elevationM);
  const toleranceM = 3 * Math.hypot(heightSigmaM, gcp.sigmaM);
  const { heightM } = gcp.position;
  const offM = heightM > high ? heightM - high : Math.min(0, heightM - low);
  return [{ gcp, elevationM, offM, isOff: offM < -toleranceM || offM > toleranceM + topsM }];
}

/** The lowest and the highest ground within one node of a place. */
function heightsAround(grid: DemGrid, eastM: number, northM: number, elevationM: number) {
  const stepM = stepUnder(grid, { eastM, northM, upM: 0 });
  let [low, high] = [elevationM, elevationM];
  for (const east of [-stepM, 0, stepM]) {
    for (const north of [-stepM, 0, stepM]) {
      const near = elevationUnder(grid, { eastM: eastM + east, northM: northM + north, upM: 0 }) ?? elevationM;
      low = Math.min(low, near);
      high = Math.max(high, near);
    }
  }
  return { low, high };
}

/** When nearly all are off alike, the heights of the DEM and of the points are not of one kind. */
function sayAllOff(compared: readonly Compared[], off: readonly Compared[]): CalibrationCheck['sentence'] | undefined {
  if (off.length < 3 || off.length < 0.8 * compared.length) return undefined;
  if (areTimes(compared, 1 / 0.3048)) {
    return {
      en: 'The heights of the DEM are in feet: they are 3.28 times those of the points. Convert it: gdal_translate -a_scale 0.3048 dem.tif dem-metres.tif',
      fr: 'Les altitudes du MNT sont en pieds : elles font 3,28 fois celles des points. Convertissez-le : gdal_translate -a_scale 0.3048 dem.tif dem-metres.tif',
    };
  }
  if (areTimes(compared, 0.3048)) {
    return {
      en: 'The heights of the points are in feet: they are 3.28 times those of the DEM. Multiply them by 0.3048.',
      fr: 'Les altitudes des points sont en pieds : elles font 3,28 fois celles du MNT. Multipliez-les par 0,3048.',
    };
  }
  const shiftM = middleOf(compared.map(({ gcp, elevationM }) => gcp.position.heightM - elevationM));
  const side = shiftM > 0 ? { en: 'over', fr: 'au-dessus du' } : { en: 'under', fr: 'sous le' };
  const by = `${Math.abs(shiftM).toFixed(1)} m`;
  return {
    en: `${off.length} of ${compared.length} points lie ${side.en} the DEM, half of them by ${by} or more: are both heights over the same zero (sea level or ellipsoid), and in the right coordinate system?`,
    fr: `${off.length} points sur ${compared.length} sont ${side.fr} MNT, la moitié d'au moins ${by} : les altitudes sont-elles comptées du même zéro (mer ou ellipsoïde), et dans le bon système de coordonnées ?`,
  };
}

/** True when the DEM has so many times the height of the points, to 3 % in the middle and 10 % for each. */
function areTimes(compared: readonly Compared[], times: number): boolean {
  const ratios = compared.map(({ gcp, elevationM }) => elevationM / gcp.position.heightM / times);
  return Math.abs(middleOf(ratios) - 1) < 0.03 && ratios.every((ratio) => Math.abs(ratio - 1) < 0.1);
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function sayOff(off: readonly Compared[]): CalibrationCheck['sentence'] {
  const say = (over: string, under: string) =>
    off
      .toSorted((a, b) => Math.abs(b.offM) - Math.abs(a.offM))
      .map(({ gcp, offM }) => `${gcp.name} (${Math.abs(offM).toFixed(1)} m ${offM > 0 ? over : under})`);
  return {
    en: `Off the ground of the DEM: ${joinNames(say('over', 'under'), 'en')}. Check their heights, and that x and y are the right place.`,
    fr: `Hors de la surface du MNT : ${joinNames(say('au-dessus', 'en dessous'), 'fr')}. Vérifiez leurs altitudes, et que x et y sont le bon endroit.`,
  };
}
