import type { Bilingual } from '../errors.ts';
import type { EstimateQuestion } from '../store/estimates.ts';

/** Where counts become figures with intervals. */
export interface EstimateDesk {
  /**
   * The answer as JSON, its texts through `say`.
   * @throws ServiceError estimate-name-unknown, estimate-zone-unseen, estimate-days-reversed
   */
  estimate(question: EstimateQuestion, say: (text: Bilingual) => string): Promise<object>;
}
