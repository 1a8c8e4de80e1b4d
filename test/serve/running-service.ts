import type { Language } from '../../src/errors.ts';
import { createRunQueue, type RunQueue } from '../../src/jobs/queue.ts';
import { createLog } from '../../src/log.ts';
import { openCalibrationDesk } from '../../src/pipeline/calibration-desk.ts';
import { openEstimateDesk } from '../../src/pipeline/estimate-desk.ts';
import { openZoneDesk } from '../../src/pipeline/zone-desk.ts';
import { createApp } from '../../src/serve/app.ts';
import type { ServeDeps } from '../../src/serve/deps.ts';
import { listen } from '../../src/serve/listen.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { openProjectFile } from '../../src/workspace/project-file.ts';
import { type FixtureWish, type LakeFixture, openLakeFixture } from './lake-fixture.ts';

/** The service over a made-up lake, listening on a free port. */
export interface RunningService {
  readonly url: string;
  readonly fixture: LakeFixture;
  readonly deps: ServeDeps;
  /** Lines of the log. */
  readonly logged: string[];
  readonly close: () => Promise<void>;
}

/** The lake of the fixture was put into the database by hand: there is no folder whose cameras could be calibrated. */
const noCameras = { folder: '/nowhere', name: 'Fixture', metricEpsg: 2154, lakes: [], zones: [], cameras: [] };

/** Starts it. Runs are queued in the database; no worker takes them, so that tests move them by hand. */
export async function startService(
  wish: FixtureWish,
  language: Language = 'en',
  token?: string,
): Promise<RunningService> {
  const fixture = await openLakeFixture(wish);
  const { db, pictures } = fixture;
  const logged: string[] = [];
  const queue: RunQueue = createRunQueue(db, { send: async () => undefined });
  const workspace = { ...noCameras, model: undefined, dem: undefined };
  const deps: ServeDeps = {
    db,
    queue,
    pictures,
    calibrations: openCalibrationDesk({ db, workspace }),
    zones: openZoneDesk({ db, workspace, useWorkspace: () => undefined }),
    estimates: openEstimateDesk(db, () => createRandom(1, 'estimate').unit),
    project: openProjectFile(fixture.folder),
    models: [
      {
        ...{ id: 'demo-net@1', manifestId: 'demo-net', name: 'Demo net', licence: 'MIT', isDefault: true },
        ...{ thresholds: { person: 0.25, boat: 0.25 }, findState: async () => 'ready' },
      },
      {
        ...{ id: 'other@2', manifestId: 'other', name: 'Other', licence: 'MIT', isDefault: false },
        ...{ thresholds: { tent: 0.4 }, findState: async () => 'not-pulled' },
      },
    ],
    config: { language, databaseUrl: undefined, token },
    log: createLog('warn', (line) => logged.push(line)),
    version: '0.1.0',
  };
  const listening = await listen(createApp(deps), 0);
  const close = async (): Promise<void> => {
    await listening.close();
    await fixture.close();
  };
  return { url: listening.url, fixture, deps, logged, close };
}
