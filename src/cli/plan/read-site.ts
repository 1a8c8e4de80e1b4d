import path from 'node:path';
import { chooseFocal } from '../../calibrate/focal.ts';
import type { Camera } from '../../camera/camera.ts';
import type { KnownCamera } from '../../camera/known-camera.ts';
import { readDemAround, readElevations } from '../../dem/geotiff.ts';
import { groundAt } from '../../dem/grid.ts';
import type { DemFile } from '../../dem/header.ts';
import { ServiceError } from '../../errors.ts';
import { degreesPerRadian, normaliseAzimuth } from '../../geo/angles.ts';
import { fromAxes } from '../../geo/crs.ts';
import type { PlaneOrigin, SizePx } from '../../geo/frames.ts';
import type { Lake, Zone } from '../../geo/lake.ts';
import { buildGround, type Ground } from '../../locate/ground.ts';
import { standingM } from '../../locate/ground-scale.ts';
import { solveGcps } from '../../pipeline/calibrate-camera.ts';
import { getCamera } from '../../workspace/cameras.ts';
import { readZones } from '../../workspace/lakes.ts';
import { readWorkspace } from '../../workspace/read-workspace.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { WishedPose } from './pose-option.ts';

/** What a person says of a camera that could stand somewhere. */
export interface SiteWish {
  readonly workspace: string;
  readonly pose: WishedPose;
  /** In place of the pose's own. */
  readonly heading?: number;
  readonly epsg: number;
  readonly dem?: string;
  readonly demEpsg?: number;
  readonly zones?: string;
  readonly lake?: string;
  readonly size?: SizePx;
  readonly fov?: number;
  readonly focalPx?: number;
  readonly focalMm?: number;
  readonly sensorMm?: number;
}

/** A site as its files have it. */
export interface ReadSite {
  readonly ground: Ground;
  readonly zones: readonly Zone[];
  readonly lake: Lake | undefined;
  /** Model of the workspace; undefined: none is chosen. */
  readonly model: string | undefined;
}

/** How far terrain is looked for that hides the sun, m, where the DEM reaches as far. */
export const horizonM = 20_000;
/** Nobody is looked for where a standing person is less than that, px. */
const leastPersonPx = 4;
const range = { leastM: 300, mostM: 3000 } as const;

/**
 * Reads the ground of a site.
 * @throws ServiceError option-missing, camera-unknown, camera-without-gcps, pose-underground, and those of readWorkspace,
 * solveGcps, readDemAround and readZones
 */
export async function readSite(wish: SiteWish, cwd: string): Promise<ReadSite> {
  const workspace = await findWorkspace(path.resolve(cwd, wish.workspace), wish);
  const file = wish.dem === undefined ? workspace?.dem?.file : path.resolve(cwd, wish.dem);
  if (file === undefined) throw missing('--dem', whyDem);
  const dem = { file, epsg: wish.dem === undefined ? workspace?.dem?.epsg : wish.demEpsg };
  const { calibration, lakeId } = await findCamera(wish, workspace, dem);
  const lake = chooseLake(wish.lake ?? lakeId, workspace);
  const turned = turnTo(calibration, wish.heading);
  const { camera } = turned;
  const grid = await readDemAround(dem, camera.origin, horizonM);
  if (wish.pose.kind === 'placed') refuseUnderground(camera, groundAt(grid, 0, 0)?.upM);
  const farM = (standingM * camera.lens.focalPx) / leastPersonPx;
  const maxRangeM = Math.min(range.mostM, Math.max(range.leastM, farM));
  const ground = buildGround({ calibration: turned, lake, dem: { grid, heightSigmaM: 0 }, maxRangeM });
  return { ground, zones: await findZones(wish, { workspace, lake, cwd }), lake, model: workspace?.model };
}

/** The same camera turned to another heading; undefined: as it is. */
export function turnTo({ camera, ...known }: KnownCamera, headingDeg: number | undefined): KnownCamera {
  if (headingDeg === undefined) return { camera, ...known };
  return { ...known, camera: { ...camera, pose: { ...camera.pose, headingDeg: normaliseAzimuth(headingDeg) } } };
}

/** A placed camera needs no workspace, where everything else is named. */
async function findWorkspace(folder: string, { pose, dem }: SiteWish): Promise<Workspace | undefined> {
  return readWorkspace(folder).catch((thrown: unknown) => {
    const isNone = thrown instanceof ServiceError && thrown.code === 'workspace-missing';
    if (isNone && pose.kind === 'placed' && dem !== undefined) return undefined;
    throw thrown;
  });
}

async function findCamera(
  wish: SiteWish,
  workspace: Workspace | undefined,
  dem: DemFile,
): Promise<{ readonly calibration: KnownCamera; readonly lakeId?: string }> {
  const { pose } = wish;
  if (pose.kind === 'placed') return { calibration: await placeCamera(wish, pose, dem) };
  if (!workspace) throw missing('--workspace', whyWorkspace);
  const camera = getCamera(workspace, pose.cameraId);
  const [newest] = camera.gcps.toSorted((a, b) => (b.validFrom?.getTime() ?? 0) - (a.validFrom?.getTime() ?? 0));
  if (!newest) throw new ServiceError('camera-without-gcps', { camera: camera.id });
  return { calibration: await solveGcps(workspace, camera, newest), lakeId: camera.lakeId };
}

async function placeCamera(
  wish: SiteWish,
  { x, y, height, ...pose }: Extract<WishedPose, { kind: 'placed' }>,
  dem: DemFile,
): Promise<KnownCamera> {
  const { size: sizePx } = wish;
  if (!sizePx) throw missing('--size', whySize);
  const focalPx = focalOf(wish, sizePx);
  const place = fromAxes([x, y, 0], wish.epsg);
  const [groundM] = height.overGround ? await readElevations(dem, [place]) : [0];
  const origin: PlaneOrigin = { ...place, heightM: (groundM ?? 0) + height.m };
  const centre = { u: sizePx.widthPx / 2, v: sizePx.heightPx / 2 };
  const lens = { kind: 'brown-conrady', focalPx, centre, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 } as const;
  const { headingDeg, pitchDeg, rollDeg } = pose;
  const position = { eastM: 0, northM: 0, upM: 0 };
  const aimed = { position, headingDeg: normaliseAzimuth(headingDeg), pitchDeg, rollDeg };
  return { camera: { origin, pose: aimed, lens, sizePx }, free: [], covariance: [] };
}

function focalOf({ fov, focalPx, focalMm, sensorMm }: SiteWish, sizePx: SizePx): number {
  const told = chooseFocal({ focalPx, focalMm, sensorWidthMm: sensorMm }, sizePx).focalPx;
  const byAngle = fov === undefined ? undefined : sizePx.widthPx / 2 / Math.tan(fov / 2 / degreesPerRadian);
  const focal = told ?? byAngle;
  if (focal === undefined) throw missing('--fov', whyFov);
  return focal;
}

function refuseUnderground({ origin }: Camera, groundUpM: number | undefined): void {
  if (groundUpM === undefined || groundUpM < 0) return;
  const say = (metres: number) => Number(metres.toFixed(1));
  throw new ServiceError('pose-underground', { below: say(groundUpM), ground: say(origin.heightM + groundUpM) });
}

function chooseLake(id: string | undefined, workspace: Workspace | undefined): Lake | undefined {
  const lakes = workspace?.lakes ?? [];
  if (id === undefined) return lakes.length === 1 ? lakes[0] : undefined;
  const found = lakes.find((lake) => lake.id === id);
  if (found) return found;
  const list = lakes.map((lake) => lake.id).join(', ') || '–';
  const why = { en: `lakes of the workspace are ${list}`, fr: `les lacs de l'espace de travail sont ${list}` };
  throw new ServiceError('bad-option', { option: '--lake', value: id, why });
}

async function findZones(
  { zones }: SiteWish,
  {
    workspace,
    lake,
    cwd,
  }: { readonly workspace?: Workspace | undefined; readonly lake?: Lake | undefined; readonly cwd: string },
): Promise<readonly Zone[]> {
  if (zones === undefined) {
    const own = workspace?.zones.filter(({ lakeId }) => lake === undefined || lakeId === lake.id) ?? [];
    return own.filter(({ kind }) => kind !== 'mask');
  }
  const file = path.resolve(cwd, zones);
  const faults: ServiceError[] = [];
  const read = await readZones(path.dirname(file), undefined, faults, path.basename(file));
  const [fault] = faults;
  if (fault) throw fault;
  return read.filter(({ kind }) => kind !== 'mask');
}

function missing(option: string, why: { readonly en: string; readonly fr: string }): ServiceError {
  return new ServiceError('option-missing', { option, why });
}

const whyDem = {
  en: 'the workspace names no elevation model, and what hides what is not known without one',
  fr: "l'espace de travail ne nomme aucun modèle d'altitude, et sans lui on ignore ce qui cache quoi",
};
const whyWorkspace = { en: 'the camera is looked for there', fr: "l'appareil y est cherché" };
const whySize = {
  en: 'a pose needs the size of the photos, such as 1920x1080',
  fr: 'une pose demande la taille des photos, par exemple 1920x1080',
};
const whyFov = {
  en: 'a pose needs the lens: its horizontal field of view, or --focal-px, or --focal-mm with --sensor-mm',
  fr: "une pose demande l'objectif : son champ horizontal, ou --focal-px, ou --focal-mm avec --sensor-mm",
};
