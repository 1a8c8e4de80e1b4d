import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Camera } from '../camera/camera.ts';
import { ServiceError } from '../errors.ts';
import type { Box, LngLat, Pixel, SizePx } from '../geo/frames.ts';
import type { Visibility } from '../ingest/photo.ts';
import { parseJsonFile, z } from '../schema.ts';

/** What was drawn: the names that a perfect detector would give. Boards and packrafts are boats. */
export type TruthLabel = 'person' | 'tent' | 'boat';

/** One thing that is at least partly visible in one photo. */
export interface TruthObject {
  /** One person, tent or boat: the same in every photo of every camera. */
  readonly objectId: string;
  /** The visit (a group of people) that it belongs to. */
  readonly visitId: string;
  readonly label: TruthLabel;
  /** What it does or is: walking, standing, sitting, lying, wading, swimming, paddling; dome, ridge, tunnel; packraft, board. */
  readonly kind: string;
  /** Tight box of the visible part, inside the picture: what a careful labeller would draw. */
  readonly box: Box;
  /** Tight box of the whole outline above ground or water, as if nothing hid it; may leave the picture. */
  readonly fullBox: Box;
  /** Visible part of the outline's area, 0–1. Terrain, rocks, other things and the picture's edge hide the rest. */
  readonly visibleShare: number;
  /** Share of contrast that is left after fog and haze at this range, 0–1. */
  readonly contrastLeft: number;
  /** Point on the ground (or on the water) under the middle of the thing. Height in the datum of the DEM. */
  readonly ground: LngLat & { readonly heightM: number };
  /** `ground` seen by the true camera. */
  readonly groundPixel: Pixel;
  /** Slant distance from the lens to `ground`, m. */
  readonly rangeM: number;
}

/** One photo with everything that is in it. */
export interface TruthPhoto {
  readonly cameraId: string;
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  /** True UTC instant, ISO 8601: what the camera's clock shows once its offset is taken away. */
  readonly takenAt: string;
  /** Whether a person could count in it. */
  readonly visibility: Visibility;
  readonly weather: string;
  /** Degrees above the flat horizon. */
  readonly sunAltitudeDeg: number;
  readonly objects: readonly TruthObject[];
}

/** A camera as it really hangs. */
export interface TruthCamera {
  readonly cameraId: string;
  readonly camera: Camera;
  /** Height of the lens in the datum of the DEM, with its place. */
  readonly position: LngLat & { readonly heightM: number };
}

/** A tent from pitching to striking, whether or not a camera saw it. */
export interface TruthTent {
  readonly objectId: string;
  readonly visitId: string;
  readonly ground: LngLat & { readonly heightM: number };
  /** UTC instants, ISO 8601. */
  readonly pitchedAt: string;
  readonly struckAt: string;
}

/** A group's stay at the lake, whether or not a camera saw it. */
export interface TruthVisit {
  readonly visitId: string;
  readonly kind: string;
  readonly people: number;
  /** UTC instants, ISO 8601. */
  readonly arrivesAt: string;
  readonly leavesAt: string;
}

/** Everything that is true of a simulated workspace. Nothing of it reaches the workspace's inputs. */
export interface Truth {
  readonly seed: number;
  readonly sizePx: SizePx;
  readonly cameras: readonly TruthCamera[];
  readonly visits: readonly TruthVisit[];
  readonly tents: readonly TruthTent[];
  /** By camera, then by time. */
  readonly photos: readonly TruthPhoto[];
}

/** Where the truth lies, relative to the workspace folder. */
export const truthFile = 'truth/truth.json';

/**
 * Reads the truth of a simulated workspace.
 * @throws ServiceError file-missing, file-invalid
 */
export async function readTruth(folder: string): Promise<Truth> {
  const file = path.join(folder, truthFile);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new ServiceError('file-missing', { file, why: 'only a simulated workspace has one' }, { cause });
  }
  return parseJsonFile(truthSchema, text, file);
}

const number = z.number();
const box = z.strictObject({ x: number, y: number, w: number, h: number });
const pixel = z.strictObject({ u: number, v: number });
const sizePx = z.strictObject({ widthPx: number, heightPx: number });
const place = z.strictObject({ lng: number, lat: number, heightM: number });
const instant = z.iso.datetime();

const objectSchema = z.strictObject({
  objectId: z.string(),
  visitId: z.string(),
  label: z.enum(['person', 'tent', 'boat']),
  kind: z.string(),
  box,
  fullBox: box,
  visibleShare: number,
  contrastLeft: number,
  ground: place,
  groundPixel: pixel,
  rangeM: number,
});

const cameraSchema = z.strictObject({
  origin: place,
  pose: z.strictObject({
    position: z.strictObject({ eastM: number, northM: number, upM: number }),
    headingDeg: number,
    pitchDeg: number,
    rollDeg: number,
  }),
  lens: z.strictObject({
    kind: z.literal('brown-conrady'),
    focalPx: number,
    centre: pixel,
    k1: number,
    k2: number,
    k3: number,
    p1: number,
    p2: number,
  }),
  sizePx,
});

const truthSchema: z.ZodType<Truth> = z.strictObject({
  seed: number,
  sizePx,
  cameras: z.array(z.strictObject({ cameraId: z.string(), camera: cameraSchema, position: place })),
  visits: z.array(
    z.strictObject({
      visitId: z.string(),
      kind: z.string(),
      people: number,
      arrivesAt: instant,
      leavesAt: instant,
    }),
  ),
  tents: z.array(
    z.strictObject({ objectId: z.string(), visitId: z.string(), ground: place, pitchedAt: instant, struckAt: instant }),
  ),
  photos: z.array(
    z.strictObject({
      cameraId: z.string(),
      path: z.string(),
      takenAt: instant,
      visibility: z.enum(['usable', 'dark', 'fog']),
      weather: z.string(),
      sunAltitudeDeg: number,
      objects: z.array(objectSchema),
    }),
  ),
});
