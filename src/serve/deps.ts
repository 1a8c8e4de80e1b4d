import type { Config } from '../config.ts';
import type { LngLat } from '../geo/frames.ts';
import type { RunQueue } from '../jobs/queue.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/db.ts';
import type { CalibrationDesk } from './calibration-desk.ts';
import type { EstimateDesk } from './estimate-desk.ts';
import type { PictureSource, Relief } from './pictures.ts';
import type { ProjectFile } from './project-file.ts';
import type { ZoneDesk } from './zone-desk.ts';

/** A model that this installation can run. */
export interface InstalledModel {
  /** '<manifest id>@<version>'. */
  readonly id: string;
  /** What commands call it. */
  readonly manifestId: string;
  readonly name: string;
  readonly licence: string;
  /** True for the model that is used when nobody names one. */
  readonly isDefault: boolean;
  /** Every label it can find → the confidence from which it is shown. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Whether its weights are here now: someone may pull them while the service runs. */
  readonly findState: () => Promise<'ready' | 'pulled' | 'not-pulled' | 'damaged'>;
}

/** All that the service is made of; `cli/wire.ts` puts it together. */
export interface ServeDeps {
  readonly db: Db;
  readonly queue: RunQueue;
  readonly pictures: PictureSource;
  readonly calibrations: CalibrationDesk;
  readonly zones: ZoneDesk;
  readonly estimates: EstimateDesk;
  readonly models: readonly InstalledModel[];
  /** Shaded relief of a lake; undefined where the workspace has no DEM. */
  readonly findRelief?: (lakeId: string) => Promise<Relief | undefined>;
  /** Heights of the ground at places, m, in their order; undefined where the workspace has no DEM. */
  readonly findHeights?: (places: readonly LngLat[]) => Promise<readonly (number | undefined)[]>;
  readonly project: ProjectFile;
  readonly config: Pick<Config, 'language' | 'databaseUrl' | 'token'>;
  readonly log: Log;
  /** Of Rivage, from package.json. */
  readonly version: string;
}
