import { access } from 'node:fs/promises';
import { readDemAround } from '../dem/geotiff.ts';
import { groundAt } from '../dem/grid.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import { readPhoto } from '../ingest/read-photo.ts';
import { scanPhotos } from '../ingest/scan.ts';
import type { Log } from '../log.ts';
import { openDb } from '../store/open.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import { checkWorkspace } from '../workspace/read-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { describeThrown, examine, type Finding, plain } from './finding.ts';
import { databaseFolder } from './wire.ts';

type Answer = Omit<Finding, 'check'>;

/** Checks a workspace: every fault of its files, its database, its elevations and what its cameras brought. */
export async function examineWorkspace(
  folder: string,
  databaseUrl: string | undefined,
  log: Log,
): Promise<{ readonly workspace: Workspace | undefined; readonly findings: readonly Finding[] }> {
  const check = { en: 'workspace', fr: 'espace de travail' };
  const checked = await checkWorkspace(folder).catch((thrown: unknown) => ({ workspace: undefined, faults: [thrown] }));
  const { workspace, faults } = checked;
  const findings: Finding[] = faults.map((fault) => ({ check, state: stateOf(fault), text: describeThrown(fault) }));
  if (!workspace) return { workspace, findings };
  if (faults.length === 0) findings.push({ check, ...describeWorkspace(workspace) });
  const database = { en: 'database', fr: 'base de données' };
  findings.push(await examine(database, () => examineDatabase(workspace, databaseUrl, log)));
  for (const camera of workspace.cameras) findings.push(...(await examineCamera(workspace, camera)));
  return { workspace, findings };
}

/** Not to have a workspace yet is no failure. */
function stateOf(fault: unknown): Finding['state'] {
  return fault instanceof ServiceError && fault.code === 'workspace-missing' ? 'warn' : 'fail';
}

function describeWorkspace({ lakes, zones, cameras }: Workspace): Answer {
  const counts = {
    en: `lakes ${lakes.length}, zones ${zones.length}, cameras ${cameras.length}`,
    fr: `lacs ${lakes.length}, zones ${zones.length}, appareils ${cameras.length}`,
  };
  if (lakes.length > 0 && cameras.length > 0) return { state: 'ok', text: counts };
  const text = {
    en: `${counts.en}: describe at least one lake in lakes.geojson and one camera in cameras/<id>.json.`,
    fr: `${counts.fr} : décrivez au moins un lac dans lakes.geojson et un appareil dans cameras/<id>.json.`,
  };
  return { state: 'warn', text };
}

async function examineDatabase({ folder }: Workspace, databaseUrl: string | undefined, log: Log): Promise<Answer> {
  const place = databaseFolder(folder);
  if (databaseUrl === undefined && !(await isThere(place))) {
    return {
      state: 'ok',
      text: { en: 'embedded, made at the first run', fr: 'intégrée, créée à la première utilisation' },
    };
  }
  try {
    const db = await openDb({ databaseUrl, folder: place, log, migrate: false });
    const [row] = await db
      .query<{ ready: boolean }>("select exists (select from pg_available_extensions where name = 'postgis') as ready")
      .finally(() => db.close());
    if (row?.ready) return { state: 'ok', text: { en: `${db.engine} answers`, fr: `${db.engine} répond` } };
    const text = {
      en: 'the server has no PostGIS. Install it there.',
      fr: "le serveur n'a pas PostGIS. Installez-le.",
    };
    return { state: 'fail', text };
  } catch (thrown) {
    const isBusy = thrown instanceof ServiceError && thrown.code === 'database-locked';
    return { state: isBusy ? 'warn' : 'fail', text: describeThrown(thrown) };
  }
}

async function examineCamera(workspace: Workspace, camera: MountedCamera): Promise<readonly Finding[]> {
  const named = (what: Bilingual): Bilingual => ({ en: `${camera.id}, ${what.en}`, fr: `${camera.id}, ${what.fr}` });
  return [
    await examine(named({ en: 'elevations', fr: 'altitudes' }), () => examineElevations(workspace, camera)),
    await examine(named({ en: 'photos', fr: 'photos' }), () => examineFirstPhoto(workspace, camera), 'warn'),
    { check: named({ en: 'control points', fr: "points d'appui" }), ...describeGcps(camera) },
  ];
}

/** How far around a camera elevations are needed at the least, m. */
const nearM = 500;

async function examineElevations({ dem }: Workspace, { position }: MountedCamera): Promise<Answer> {
  if (!dem) {
    const text = {
      en: 'no DEM: only the lake itself can be located on',
      fr: 'pas de MNT : seul le lac peut être localisé',
    };
    return { state: 'warn', text };
  }
  const ground = groundAt(await readDemAround(dem, position, nearM), 0, 0);
  if (!ground) {
    const text = {
      en: 'the DEM has no elevation under the camera. Use one that is filled there.',
      fr: "le MNT n'a pas d'altitude sous l'appareil. Prenez-en un rempli à cet endroit.",
    };
    return { state: 'fail', text };
  }
  const aboveM = -ground.upM;
  const height = {
    en: `${aboveM.toFixed(1)} m above the ground of the DEM`,
    fr: `${aboveM.toFixed(1)} m au-dessus du sol du MNT`,
  };
  const isPlausible = aboveM > -3 * position.sigmaM - dem.heightSigmaM && aboveM < 100 + 3 * position.sigmaM;
  if (isPlausible) return { state: 'ok', text: height };
  const text = {
    en: `${height.en}. Check position.heightM, and that both are heights in one datum.`,
    fr: `${height.fr}. Vérifiez position.heightM, et que les deux sont dans le même système d'altitudes.`,
  };
  return { state: 'warn', text };
}

async function examineFirstPhoto({ folder }: Workspace, camera: MountedCamera): Promise<Answer> {
  const first = (await scanPhotos(camera.photoFolder).next()).value;
  if (!first) {
    const text = {
      en: `none yet. rivage import CARD --camera ${camera.id}`,
      fr: `aucune pour l'instant. rivage import CARTE --camera ${camera.id}`,
    };
    return { state: 'warn', text };
  }
  const reading = await readPhoto({ file: first.file, workspaceFolder: folder, camera });
  if (!reading.image) return { state: 'warn', text: plain(`${reading.photo.message} [${reading.photo.reason}]`) };
  const { path, takenAt } = reading.photo;
  const seen = {
    en: `${path} was taken at ${takenAt.toISOString()}`,
    fr: `${path} a été prise le ${takenAt.toISOString()}`,
  };
  if (!reading.isOffsetContradicted) return { state: 'ok', text: seen };
  const text = {
    en: `${seen.en} if its clock is set to ${camera.clockTimeZone}, but its EXIF states another offset from UTC. Check clockTimeZone.`,
    fr: `${seen.fr} si son horloge est en ${camera.clockTimeZone}, mais son EXIF donne un autre décalage par rapport à UTC. Vérifiez clockTimeZone.`,
  };
  return { state: 'warn', text };
}

function describeGcps({ gcps }: MountedCamera): Answer {
  const files = gcps.map(({ file }) => file).join(', ');
  if (gcps.length > 0 && gcps.every(({ photo }) => photo !== undefined)) return { state: 'ok', text: plain(files) };
  if (gcps.length > 0) {
    const text = {
      en: `${files}. Name the photo that they were clicked in ("photo" in "gcps"): then each photo is checked for a camera that was knocked.`,
      fr: `${files}. Nommez la photo où ils ont été cliqués ("photo" dans "gcps") : chaque photo est alors contrôlée, au cas où l'appareil aurait bougé.`,
    };
    return { state: 'warn', text };
  }
  const text = {
    en: 'none: detections are counted but not located. Measure some and name their file in "gcps".',
    fr: 'aucun : les détections sont comptées mais pas localisées. Mesurez-en et nommez leur fichier dans "gcps".',
  };
  return { state: 'warn', text };
}

async function isThere(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
}
