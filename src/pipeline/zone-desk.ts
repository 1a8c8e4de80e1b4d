import { ServiceError } from '../errors.ts';
import type { Lake } from '../geo/lake.ts';
import type { Db } from '../store/db.ts';
import { countSightings, writeLakes } from '../store/lakes.ts';
import { writeZones } from '../store/zones.ts';
import { findFarKm } from '../workspace/cameras.ts';
import {
  draftShoreline,
  draftZones,
  type PlacesDraft,
  readPlaces,
  type SentZone,
  shorelineVersionOf,
  versionOf,
} from '../workspace/drawn-places.ts';
import type { DrawnGeometry } from '../workspace/geojson.ts';
import { replaceFile } from '../workspace/replace-file.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The workspace that a service holds: what is asked of it next uses the one given last. */
export interface HeldWorkspace {
  readonly db: Db;
  readonly workspace: Workspace;
  readonly useWorkspace: (next: Workspace) => void;
}

/**
 * Lets people draw zones and shorelines. The GeoJSON files of the workspace stay the one source: they are read anew at
 * each request, and file and database change together or not at all.
 */
export function openZoneDesk(held: HeldWorkspace) {
  const inTurn = queueUp();
  return {
    read: async (lakeId: string) => {
      const places = await readPlaces(held.workspace.folder, lakeId);
      const zones = places.zones.filter((zone) => zone.lakeId === lakeId);
      return { zones, version: versionOf(zones) };
    },
    readShoreline: async (lakeId: string) => {
      const { lake } = await readPlaces(held.workspace.folder, lakeId);
      return { shoreline: lake.shoreline, version: shorelineVersionOf(lake) };
    },
    replaceZones: (lakeId: string, sent: readonly SentZone[], version: string | undefined) =>
      inTurn(async () => {
        const draft = await draftZones(held.workspace.folder, lakeId, sent, version);
        const { moved } = await keep(held, draft);
        return { ids: draft.drawn.map(({ id }) => id), version: versionOf(draft.drawn), moved };
      }),
    replaceShoreline: (lakeId: string, drawn: DrawnGeometry, version: string | undefined) =>
      inTurn(async () => {
        const draft = await draftShoreline(held.workspace.folder, lakeId, drawn, version);
        refuseFar(held.workspace, draft.lake);
        await keep(held, draft);
        return { sightings: await countSightings(held.db, lakeId), version: shorelineVersionOf(draft.lake) };
      }),
  };
}

/** @throws ServiceError outline-refused */
function refuseFar({ cameras }: Workspace, lake: Lake): void {
  for (const camera of cameras.filter(({ lakeId }) => lakeId === lake.id)) {
    const km = findFarKm(camera, lake.shoreline);
    if (km === undefined) continue;
    throw new ServiceError('outline-refused', {
      what: { en: `The shoreline of the lake "${lake.id}"`, fr: `La rive du lac « ${lake.id} »` },
      why: {
        en: `it is ${km} km from the camera "${camera.id}"`,
        fr: `elle est à ${km} km de l'appareil « ${camera.id} »`,
      },
    });
  }
}

/** Stores a draft in the database and in its file; a run in hand goes on with what it began with. */
async function keep(held: HeldWorkspace, draft: PlacesDraft): Promise<{ readonly moved: number }> {
  const { lakes, zones, file, text, textBefore } = draft;
  let isWritten = false;
  try {
    const moved = await held.db.transaction(async (tx) => {
      await writeLakes(tx, lakes);
      const change = await writeZones(tx, zones);
      await replaceFile(file, text);
      isWritten = true;
      return change;
    });
    held.useWorkspace({ ...held.workspace, lakes, zones });
    return moved;
  } catch (thrown) {
    // only the commit itself was left to fail
    if (isWritten) await replaceFile(file, textBefore);
    throw thrown;
  }
}

/** Runs pieces of work one after the other, also after one that failed. */
function queueUp(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
