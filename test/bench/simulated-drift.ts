import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay } from '../../src/camera/project.ts';
import type { Pixel } from '../../src/geo/frames.ts';
import { thumbnailSizePx } from '../../src/ingest/picture-statistics.ts';
import { judgeVisibility } from '../../src/ingest/visibility.ts';
import { decodePicture, encodeJpeg, resize } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { instantOf } from '../../src/simulate/local-time.ts';
import { stampStrip } from '../../src/simulate/strip.ts';
import { createStudio, type EmptyView, openView, type Studio, takeShot } from '../../src/simulate/studio.ts';
import { createSite, type Site, type SiteCamera } from '../../src/simulate/world/site.ts';
import { randomFrom } from '../locate/scene.ts';
import { sizePx } from './pictures.ts';

/** Changes of heading, pitch and roll, deg. */
export type Angles = readonly [number, number, number];

/** A photo of a camera that turned, with the truth of it. */
export interface TurnedPhoto {
  readonly image: Image;
  readonly isUsable: boolean;
  readonly turned: Angles;
  /** By how much it was knocked, deg; undefined: not at all. */
  readonly knockedDeg: number | undefined;
}

/** A simulated camera that photographs a lake for twelve days. */
export interface WatchedCamera {
  readonly camera: Camera;
  readonly reference: Image;
  readonly isStable: (pixel: Pixel) => boolean;
  readonly photos: () => AsyncIterable<TurnedPhoto>;
}

const days = 12;
const steadyPhotos = 30;
const turnSigmasDeg = [0.05, 0.2, 0.6, 0.9];
const knocksDeg = [0.5, 1, 3, 10];

/** One camera of a site: 30 photos of it at rest, 8 slightly turned, 8 knocked, at any hour and in any weather. */
export async function watchCamera(seed: number, index: number): Promise<WatchedCamera> {
  const site = createSite(seed, 3, sizePx);
  const siteCamera = site.cameras[index];
  if (!siteCamera) throw new Error(`no camera ${index}`);
  const studio = createStudio(site, { days, visitorsPerDay: 90 });
  const still = openView(studio, siteCamera);
  const { camera } = siteCamera;
  return {
    camera,
    reference: await shoot(studio, still, 13 * 60),
    isStable: (pixel) => !seesWater(site, camera, pixel),
    photos: async function* () {
      const random = randomFrom(1000 * seed + index);
      const minute = () => Math.floor(random.between(0, days)) * 1440 + random.between(5.7, 21.5) * 60;
      for (let at = 0; at < steadyPhotos; at++)
        yield judged(await shoot(studio, still, minute()), [0, 0, 0], undefined);
      for (let at = 0; at < 8; at++) {
        const sigma = turnSigmasDeg[at % 4] ?? 0;
        const by: Angles = [sigma * random.normal(), sigma * random.normal(), sigma * random.normal()];
        yield judged(await shoot(studio, openView(studio, turn(siteCamera, by)), minute()), by, undefined);
      }
      for (let at = 0; at < 8; at++) {
        const knockedDeg = knocksDeg[at % 4] ?? 0;
        const way: Angles = [random.normal(), random.normal(), random.normal()];
        const by = way.map((angle) => (angle * knockedDeg) / Math.hypot(...way)) as unknown as Angles;
        yield judged(await shoot(studio, openView(studio, turn(siteCamera, by)), minute()), by, knockedDeg);
      }
    },
  };
}

function turn(siteCamera: SiteCamera, [headingDeg, pitchDeg, rollDeg]: Angles): SiteCamera {
  const { camera } = siteCamera;
  const { pose } = camera;
  const turned = {
    headingDeg: pose.headingDeg + headingDeg,
    pitchDeg: pose.pitchDeg + pitchDeg,
    rollDeg: pose.rollDeg + rollDeg,
  };
  return { ...siteCamera, camera: { ...camera, pose: { ...pose, ...turned } } };
}

/** A photo as it comes back from a card: with its strip of text, through JPEG. */
async function shoot(studio: Studio, view: EmptyView, minute: number): Promise<Image> {
  const day = Math.floor(minute / 1440);
  const moment = { instant: instantOf('2025-08-08', minute), day, minute: minute - day * 1440 };
  const { image } = takeShot(studio, view, moment);
  await stampStrip(image, 'RIVAGE SIM', moment.instant.toISOString());
  return decodePicture(await encodeJpeg(image, 82));
}

async function judged(image: Image, turned: Angles, knockedDeg: number | undefined): Promise<TurnedPhoto> {
  const { visibility } = judgeVisibility(await resize(image, thumbnailSizePx));
  return { image, isUsable: visibility === 'usable', turned, knockedDeg };
}

/** The lake lies in the plane at height 0. */
function seesWater({ shore }: Site, camera: Camera, pixel: Pixel): boolean {
  const ray = pixelToRay(camera, pixel);
  if (!ray || ray.direction.upM > -1e-4) return false;
  const rangeM = -ray.origin.upM / ray.direction.upM;
  const eastM = ray.origin.eastM + rangeM * ray.direction.eastM;
  return shore.offshoreM(eastM, ray.origin.northM + rangeM * ray.direction.northM) < 0;
}
