import type { Bilingual } from '../errors.ts';
import type { Calibration } from './calibration.ts';
import { doubtsOf } from './spread.ts';

/**
 * One sentence, or two, for the person who clicked the points: what to look at first, or that all is well. What spoils
 * a calibration most comes first: points left out, then a camera unlike what was said of it, then too few
 * points to tell, then points that leave part of the picture open.
 */
export function adviceOn(calibration: Calibration): Bilingual {
  return (
    onOutliers(calibration) ??
    onRoll(calibration) ??
    onPosition(calibration) ??
    onFocal(calibration) ??
    onCount(calibration) ??
    onSpread(calibration) ??
    allIsWell(calibration)
  );
}

function onOutliers({ gcps, free }: Calibration): Bilingual | undefined {
  const out = gcps.filter(({ outlier }) => outlier);
  const [worst] = byResidual(out);
  if (!worst) return undefined;
  const count = out.length;
  const left = {
    en: count === 1 ? '1 point was left out.' : `${count} points were left out.`,
    fr: count === 1 ? '1 point a été écarté.' : `${count} points ont été écartés.`,
  };
  if (worst.residualPx === undefined) {
    return {
      en: `${left.en} Point ${worst.name} lies where the camera cannot see it: are its coordinates right?`,
      fr: `${left.fr} Le point ${worst.name} est là où l'appareil ne peut le voir : ses coordonnées sont-elles justes ?`,
    };
  }
  const off = pixels(worst.residualPx);
  if (count > 0.25 * gcps.length) {
    return {
      en: `${count} of ${gcps.length} points were left out, too many to trust the rest: check them all, first ${worst.name}, which is ${off} px off.`,
      fr: `${count} points sur ${gcps.length} ont été écartés, trop pour se fier aux autres : vérifiez-les tous, d'abord ${worst.name}, qui est à ${off} px.`,
    };
  }
  if (2 * (gcps.length - count) - free.length < spareEquations) {
    return {
      en: `${left.en} Point ${worst.name} is ${off} px off, but the others are too few to tell: another one, or the lens, may be wrong. Add two or more.`,
      fr: `${left.fr} Le point ${worst.name} est à ${off} px, mais les autres sont trop peu pour trancher : un autre, ou l'objectif, peut être en cause. Ajoutez-en au moins deux.`,
    };
  }
  return {
    en: `${left.en} Point ${worst.name} is ${off} px off: was it clicked on the wrong rock?`,
    fr: `${left.fr} Le point ${worst.name} est à ${off} px : a-t-il été cliqué sur le mauvais rocher ?`,
  };
}

/** Nobody mounts a camera so that the horizon leans more. */
const largestRollDeg = 20;

function onRoll({ camera }: Calibration): Bilingual | undefined {
  const { rollDeg, pitchDeg } = camera.pose;
  // Looking steeply down a camera has no horizon to lean.
  if (Math.abs(rollDeg) < largestRollDeg || Math.abs(pitchDeg) > 60) return undefined;
  const lean = Math.abs(rollDeg).toFixed(0);
  return {
    en: `The horizon would lean by ${lean}°: is the photo turned, or are coordinates exchanged?`,
    fr: `L'horizon pencherait de ${lean}° : la photo est-elle tournée, ou des coordonnées sont-elles échangées ?`,
  };
}

/** What was said and what was found differ by more than chance beyond this many σ. */
const oddSigmas = 3;

function onPosition({ camera, prior }: Calibration): Bilingual | undefined {
  const sigmaM = prior?.positionSigmaM;
  const { eastM, northM, upM } = camera.pose.position;
  if (sigmaM === undefined || Math.max(Math.abs(eastM), Math.abs(northM), Math.abs(upM)) < oddSigmas * sigmaM)
    return undefined;
  const away = metres(Math.hypot(eastM, northM));
  const high = metres(Math.abs(upM));
  return {
    en: `The points put the camera ${away} m away from where it was said to be and ${high} m ${upM < 0 ? 'lower' : 'higher'}: check its position, or say that it is known less well than ${metres(sigmaM)} m.`,
    fr: `Les points placent l'appareil à ${away} m de la position annoncée et ${high} m plus ${upM < 0 ? 'bas' : 'haut'} : vérifiez sa position, ou dites qu'elle est connue moins bien qu'à ${metres(sigmaM)} m.`,
  };
}

function onFocal({ camera, prior }: Calibration): Bilingual | undefined {
  const said = prior?.focal;
  const found = camera.lens.focalPx;
  if (!said || Math.abs(found - said.focalPx) < oddSigmas * said.sigmaPx) return undefined;
  const [solved, known] = [found.toFixed(0), said.focalPx.toFixed(0)];
  return {
    en: `The points ask for a focal length of ${solved} px where ${known} was said: check the lens and the size of the photo, or the points.`,
    fr: `Les points demandent une focale de ${solved} px au lieu des ${known} annoncés : vérifiez l'objectif et la taille de la photo, ou les points.`,
  };
}

/** Doubt that a person would see, as a share of the longer side; and how much worse than elsewhere. */
const visibleDoubt = 0.005;
const muchWorse = 3;

function onSpread(calibration: Calibration): Bilingual | undefined {
  const { widthPx, heightPx } = calibration.camera.sizePx;
  const doubts = doubtsOf(calibration).toSorted((a, b) => a.sigmaPx - b.sigmaPx);
  const [best, worst] = [doubts[0], doubts.at(-1)];
  if (!best || !worst || worst.sigmaPx < visibleDoubt * Math.max(widthPx, heightPx)) return undefined;
  const off = pixels(worst.sigmaPx);
  if (worst.sigmaPx < muchWorse * best.sigmaPx) {
    return {
      en: `The points leave the camera open by about ${off} px everywhere in the picture: add more, near and far.`,
      fr: `Les points laissent l'appareil incertain d'environ ${off} px partout dans la photo : ajoutez-en, près et loin.`,
    };
  }
  const where = sayWhere(worst.pixel.u / widthPx, worst.pixel.v / heightPx);
  return {
    en: `There are too few points at the ${where.en} of the picture, where the camera may be ${off} px off: add some there.`,
    fr: `Il y a trop peu de points ${where.fr} de la photo, où l'appareil peut être faux de ${off} px : ajoutez-en là.`,
  };
}

function sayWhere(across: number, down: number): Bilingual {
  const side = across < 0.4 ? ('left' as const) : across > 0.6 ? ('right' as const) : undefined;
  const level = down < 0.4 ? ('top' as const) : down > 0.6 ? ('bottom' as const) : undefined;
  const french = { left: 'à gauche', right: 'à droite', top: 'en haut', bottom: 'en bas' } as const;
  const named = [level, side].filter((part) => part !== undefined);
  if (named.length === 0) return { en: 'middle', fr: 'au milieu' };
  return { en: named.join(' '), fr: named.map((part) => french[part]).join(' ') };
}

/** A wrong point shows only where the others can do without it and another one. */
const spareEquations = 4;

function onCount({ gcps, free }: Calibration): Bilingual | undefined {
  if (2 * gcps.length - free.length >= spareEquations) return undefined;
  return {
    en: `${gcps.length} points are too few to tell whether one of them is wrong: add two or more.`,
    fr: `${gcps.length} points ne suffisent pas pour dire si l'un d'eux est faux : ajoutez-en au moins deux.`,
  };
}

function allIsWell({ gcps }: Calibration): Bilingual {
  const [worst] = byResidual(gcps);
  if (worst?.residualPx === undefined) return { en: 'All points agree.', fr: 'Tous les points concordent.' };
  const off = pixels(worst.residualPx);
  return {
    en: `All ${gcps.length} points agree; the worst, ${worst.name}, is ${off} px off.`,
    fr: `Les ${gcps.length} points concordent ; le moins bon, ${worst.name}, est à ${off} px.`,
  };
}

function byResidual(gcps: Calibration['gcps']): Calibration['gcps'] {
  return gcps.toSorted((a, b) => (b.residualPx ?? Infinity) - (a.residualPx ?? Infinity));
}

function pixels(px: number): string {
  return px.toFixed(px < 10 ? 1 : 0);
}

function metres(m: number): string {
  return m.toFixed(m < 10 ? 1 : 0);
}
