import type { Detection } from '../detect/detection.ts';
import type { Box } from '../geo/frames.ts';
import { growBox } from '../picture/crop.ts';

/** What one model said of a photo: every label it can find, and what it found. */
export interface Look {
  readonly labels: readonly string[];
  readonly detections: readonly Detection[];
}

/** What must be hidden in a photo before anybody sees it. */
export type BlurPlan =
  | { readonly kind: 'whole'; readonly reason: 'nobody-looked-for-persons' }
  | { readonly kind: 'boxes'; readonly boxes: readonly Box[] };

const personLabel = 'person';
/** The lowest confidence that is stored at all: whatever might be a person is hidden. */
const minConfidence = 0.05;
/** Share of a box's longer side that is hidden around it: boxes sit tight, and cut off hair and feet. */
const marginRatio = 0.15;

/**
 * Decides what is blurred: every possible person of every look. A photo that no model able to find persons
 * has looked at is blurred whole.
 */
export function planBlur(looks: readonly Look[]): BlurPlan {
  if (!looks.some((look) => look.labels.includes(personLabel))) {
    return { kind: 'whole', reason: 'nobody-looked-for-persons' };
  }
  const persons = looks
    .flatMap((look) => look.detections)
    .filter((detection) => detection.label === personLabel && detection.confidence >= minConfidence);
  return { kind: 'boxes', boxes: persons.map((person) => growBox(person.box, marginRatio)) };
}
