import { degreesPerRadian, normaliseAzimuth } from '../geo/angles.ts';
import type { Pose } from './camera.ts';
import type { Matrix3 } from './matrix.ts';

/** Where a camera looks, deg: see Pose. */
export type Aim = Pick<Pose, 'headingDeg' | 'pitchDeg' | 'rollDeg'>;

/**
 * Rotation from east-north-up to the axes of the camera: x right, y down, z forward.
 * Its rows are those axes in east-north-up.
 */
export function rotationOf({ headingDeg, pitchDeg, rollDeg }: Aim): Matrix3 {
  const [sh, ch] = sineAndCosine(headingDeg);
  const [sp, cp] = sineAndCosine(pitchDeg);
  const [sr, cr] = sineAndCosine(rollDeg);
  // Without roll: right (ch, −sh, 0), down (sp·sh, sp·ch, −cp), forward (cp·sh, cp·ch, sp).
  return [
    cr * ch + sr * sp * sh,
    -cr * sh + sr * sp * ch,
    -sr * cp,
    -sr * ch + cr * sp * sh,
    sr * sh + cr * sp * ch,
    -cr * cp,
    cp * sh,
    cp * ch,
    sp,
  ];
}

/** The aim of a rotation from east-north-up to the camera. Looking straight up or down it has no roll of its own: 0. */
export function aimOf(rotation: Matrix3): Aim {
  const [rightE, rightN, rightU, , , downU, forwardE, forwardN, forwardU] = rotation;
  const flat = Math.hypot(forwardE, forwardN);
  const pitchDeg = Math.atan2(forwardU, flat) * degreesPerRadian;
  if (flat < 1e-9) {
    return { headingDeg: normaliseAzimuth(Math.atan2(-rightN, rightE) * degreesPerRadian), pitchDeg, rollDeg: 0 };
  }
  return {
    headingDeg: normaliseAzimuth(Math.atan2(forwardE, forwardN) * degreesPerRadian),
    pitchDeg,
    rollDeg: Math.atan2(-rightU, -downU) * degreesPerRadian,
  };
}

/**
 * The axes that heading, pitch and roll turn the camera around, in its own axes: a small change of the angles (rad)
 * is the small rotation heading·a + pitch·b + roll·c of the camera itself, clockwise seen along the axis.
 */
export function turnAxes({ pitchDeg, rollDeg }: Aim) {
  const [sp, cp] = sineAndCosine(pitchDeg);
  const [sr, cr] = sineAndCosine(rollDeg);
  return {
    // Heading turns around the downward vertical; pitch around the right axis before roll; roll around the view.
    heading: [sr * cp, cr * cp, -sp],
    pitch: [cr, -sr, 0],
    roll: [0, 0, 1],
  } as const;
}

function sineAndCosine(angleDeg: number): readonly [number, number] {
  return [Math.sin(angleDeg / degreesPerRadian), Math.cos(angleDeg / degreesPerRadian)];
}
