import type { Detector } from '../detect/detector.ts';
import { toModelId } from '../detect/manifest.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/db.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a run works with; made once in cli/wire.ts. */
export interface Tools {
  readonly db: Db;
  readonly workspace: Workspace;
  readonly detector: Detector;
  readonly log: Log;
}

/** The detector's network as the database names it. */
export function modelIdOf({ detector }: Pick<Tools, 'detector'>): string {
  return toModelId(detector.manifest);
}
