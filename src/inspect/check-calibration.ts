import type { CalibratedGcp, Calibration } from '../calibrate/calibration.ts';
import { pixelToRay } from '../camera/project.ts';
import { groundAt } from '../dem/grid.ts';
import type { Bilingual } from '../errors.ts';
import { degreesPerRadian } from '../geo/angles.ts';
import type { Pixel } from '../geo/frames.ts';
import type { CalibrationCheck, Terrain } from './check.ts';
import { checkCameraHeight, checkGcpHeights } from './check-heights.ts';
import { findHidden } from './check-hidden.ts';
import { joinNames } from './say-names.ts';

/** A camera that hangs this askew was knocked, or solved wrongly. deg */
const mostRollDeg = 10;
/** Lenses of time-lapse cameras see between these, deg across the picture. */
const fieldDeg = { least: 5, most: 130 };

/** Holds a calibration against what must be true of any camera outdoors. The checks of the ground need `terrain`. */
export function checkCalibration(calibration: Calibration, terrain?: Terrain): readonly CalibrationCheck[] {
  return [
    ...(terrain ? checkGround(calibration, terrain) : []),
    checkRoll(calibration),
    checkHorizon(calibration),
    ...checkLens(calibration),
  ];
}

function checkGround(calibration: Calibration, terrain: Terrain): readonly CalibrationCheck[] {
  const height = checkCameraHeight(calibration, terrain);
  const onGround = checkGcpHeights(calibration, terrain);
  const { position } = calibration.camera.pose;
  const isUnder = position.upM < (groundAt(terrain.grid, position.eastM, position.northM)?.upM ?? -Infinity);
  // From under the ground nothing is seen: that is said already.
  return height.passed || !isUnder ? [height, onGround, checkVisible(calibration, terrain)] : [height, onGround];
}

function checkVisible(calibration: Calibration, terrain: Terrain): CalibrationCheck {
  const hidden = findHidden(calibration, terrain);
  if (hidden.length === 0) {
    const sentence = {
      en: 'Every point can be seen from the camera.',
      fr: "Chaque point est visible depuis l'appareil.",
    };
    return { check: 'gcps-visible', passed: true, sentence };
  }
  const names = hidden.map(({ name }: CalibratedGcp) => name);
  const sentence = {
    en: `Ground stands before ${joinNames(names, 'en')}: was the right place measured, and is the camera where it was solved?`,
    fr: `Du terrain cache ${joinNames(names, 'fr')} : le bon endroit a-t-il été mesuré, et l'appareil est-il là où il est calculé ?`,
  };
  return { check: 'gcps-visible', passed: false, gcps: names, sentence };
}

function checkRoll({ camera }: Calibration): CalibrationCheck {
  const rollDeg = camera.pose.rollDeg;
  const passed = Math.abs(rollDeg) <= mostRollDeg;
  const turned = `${Math.abs(rollDeg).toFixed(1)}°`;
  const doubt = {
    en: ': was the photo turned, or were u and v swapped?',
    fr: ' : la photo a-t-elle été tournée, ou u et v échangés ?',
  };
  const sentence = {
    en: `The camera hangs ${turned} off level${passed ? '.' : doubt.en}`,
    fr: `L'appareil penche de ${turned}${passed ? '.' : doubt.fr}`,
  };
  return { check: 'roll', passed, sentence };
}

/** Angle of a pixel's ray over the level, deg; undefined where the lens has no inverse. */
function elevationDeg({ camera }: Calibration, pixel: Pixel): number | undefined {
  const ray = pixelToRay(camera, pixel);
  return ray && Math.asin(ray.direction.upM) * degreesPerRadian;
}

function checkHorizon(calibration: Calibration): CalibrationCheck {
  const { widthPx, heightPx } = calibration.camera.sizePx;
  const { headingDeg, pitchDeg } = calibration.camera.pose;
  const middle = (v: number) => elevationDeg(calibration, { u: widthPx / 2, v });
  const [top = pitchDeg, bottom = pitchDeg] = [middle(0), middle(heightPx)];
  const aim = `${headingDeg.toFixed(0)}°`;
  const lean = `${Math.abs(pitchDeg).toFixed(1)}°`;
  const looks = {
    en: `The camera looks to ${aim} and ${lean} ${pitchDeg < 0 ? 'down' : 'up'}`,
    fr: `L'appareil vise ${aim}, ${lean} vers le ${pitchDeg < 0 ? 'bas' : 'haut'}`,
  };
  const where = whereIsHorizon(top, bottom);
  const sentence = { en: `${looks.en}; ${where.en}`, fr: `${looks.fr} ; ${where.fr}` };
  return { check: 'horizon', passed: bottom < 0, sentence };
}

function whereIsHorizon(topDeg: number, bottomDeg: number): Bilingual {
  if (bottomDeg >= 0) {
    return {
      en: 'the horizon is under the picture, so no ground would be in it: is the camera solved upside down?',
      fr: "l'horizon est sous la photo, sans terrain donc : l'appareil est-il calculé à l'envers ?",
    };
  }
  if (topDeg < 0) return { en: 'the horizon is above the picture.', fr: "l'horizon est au-dessus de la photo." };
  return { en: 'the horizon is in the picture.', fr: "l'horizon est dans la photo." };
}

function checkLens(calibration: Calibration): readonly CalibrationCheck[] {
  const { camera } = calibration;
  const { widthPx, heightPx } = camera.sizePx;
  const at = (u: number, v: number) => pixelToRay(camera, { u: u * widthPx, v: v * heightPx })?.direction;
  const [left, right] = [at(0, 0.5), at(1, 0.5)];
  const corners = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
  const findings: CalibrationCheck[] = [];
  if (left && right) {
    const cosine = left.eastM * right.eastM + left.northM * right.northM + left.upM * right.upM;
    findings.push(checkField(Math.acos(Math.min(1, Math.max(-1, cosine))) * degreesPerRadian, camera.lens.focalPx));
  }
  const passed = corners.every((corner) => corner !== undefined);
  const sentence = passed
    ? { en: 'The lens model holds in the whole picture.', fr: "Le modèle d'objectif vaut pour toute la photo." }
    : {
        en: 'The lens model folds back inside the picture: nothing can be placed in its corners. Add points there, or free fewer lens parameters.',
        fr: "Le modèle d'objectif se replie dans la photo : rien ne peut être placé dans les coins. Ajoutez-y des points, ou libérez moins de paramètres de l'objectif.",
      };
  return [...findings, { check: 'lens', passed, sentence }];
}

function checkField(acrossDeg: number, focalPx: number): CalibrationCheck {
  const passed = acrossDeg >= fieldDeg.least && acrossDeg <= fieldDeg.most;
  const across = `${acrossDeg.toFixed(0)}°`;
  const focal = `${focalPx.toFixed(0)} px`;
  const doubt = {
    en: ', which no usual lens does: say the focal length, or add points at other distances.',
    fr: ", ce que ne fait aucun objectif courant : donnez la focale, ou ajoutez des points à d'autres distances.",
  };
  const sentence = {
    en: `The lens (f ${focal}) sees ${across} across${passed ? '.' : doubt.en}`,
    fr: `L'objectif (f ${focal}) voit ${across} en largeur${passed ? '.' : doubt.fr}`,
  };
  return { check: 'field-of-view', passed, sentence };
}
