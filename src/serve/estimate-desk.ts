import type { Bilingual } from '../errors.ts';

/** What is to be estimated. Days are local, 'YYYY-MM-DD', both included; undefined: not restricted. */
interface EstimateQuestion {
  readonly label: string;
  readonly lakeId: string | undefined;
  readonly cameraId: string | undefined;
  readonly zoneId: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly wholeDays: boolean;
  readonly meanStay: { readonly min: number; readonly sdMin: number } | undefined;
}

/** Where counts become figures with intervals. */
export interface EstimateDesk {
  /**
   * The answer as JSON, its texts through `say`.
   * @throws ServiceError estimate-name-unknown, estimate-zone-unseen, estimate-days-reversed
   */
  estimate(question: EstimateQuestion, say: (text: Bilingual) => string): Promise<object>;
}
