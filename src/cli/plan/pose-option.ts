import { ServiceError } from '../../errors.ts';
import { idPattern } from '../../geo/lake.ts';

/** Where a camera could stand and look: one that is mounted, or a pose. */
export type WishedPose =
  | { readonly kind: 'mounted'; readonly cameraId: string }
  | {
      readonly kind: 'placed';
      readonly x: number;
      readonly y: number;
      /** m, in the datum of the DEM, or over its ground. */
      readonly height: { readonly m: number; readonly overGround: boolean };
      readonly headingDeg: number;
      readonly pitchDeg: number;
      readonly rollDeg: number;
    };

/** Parses the id of a camera, or `x,y,z,heading,pitch` with the roll after it. @throws ServiceError bad-option */
export function parsePose(text: string): WishedPose {
  if (!text.includes(',') && idPattern.test(text)) return { kind: 'mounted', cameraId: text };
  const parts = text.split(',').map((part) => part.trim());
  const numbers = parts.map((part) => (part === '' ? Number.NaN : Number(part)));
  const [x = 0, y = 0, z = 0, headingDeg = 0, pitchDeg = 0, rollDeg = 0] = numbers;
  const fits = (numbers.length === 5 || numbers.length === 6) && numbers.every(Number.isFinite);
  if (fits && Math.abs(headingDeg) <= 360 && Math.abs(pitchDeg) <= 90 && Math.abs(rollDeg) <= 180) {
    const height = { m: z, overGround: parts[2]?.startsWith('+') ?? false };
    return { kind: 'placed', x, y, height, headingDeg, pitchDeg, rollDeg };
  }
  const why = {
    en: 'needed is the id of a camera, or x,y,z,heading,pitch (then roll): 6.4,44.9,+3,15,-8 is 3 m over the ground',
    fr: "il faut l'identifiant d'un appareil, ou x,y,z,cap,site (puis roulis) : 6.4,44.9,+3,15,-8 est à 3 m au-dessus du sol",
  };
  throw new ServiceError('bad-option', { option: '--pose', value: text, why });
}

/** Whole numbers `low` to `high` of an option such as 6-10, the first and the last as written. @throws ServiceError bad-option */
export function spanOption(option: string, low: number, high: number): (value: string) => readonly [number, number] {
  return (value) => {
    const [, from, to = from] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(value.trim()) ?? [];
    const span = [Number(from), Number(to)] as const;
    if (from !== undefined && span.every((end) => end >= low && end <= high)) return span;
    const why = {
      en: `two numbers from ${low} to ${high} are needed, such as ${low}-${high}`,
      fr: `il faut deux nombres de ${low} à ${high}, par exemple ${low}-${high}`,
    };
    throw new ServiceError('bad-option', { option, value, why });
  };
}
