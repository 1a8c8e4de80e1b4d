import type { GreyImage } from '../../picture/grey.ts';
import type { Detection } from '../detection.ts';
import { Background } from './background.ts';
import type { ChangeMap } from './change-map.ts';
import { localContrast } from './local-contrast.ts';

/** All of a photo is looked at every so many, whatever changed: what the gate loses, it loses for so long at most. */
const photosBetweenFullLooks = 48;
/** A place is looked at for so many photos after something was found there. */
const heldFor = 3;

/** Tells where photos of one fixed camera, given in the order of time, are worth a look. */
export class ChangeGate {
  readonly #background = new Background();
  readonly #held: (readonly Detection[])[] = [];
  #sinceFullLook = 0;

  /** Where a photo changed; undefined: all of it is to be looked at. It needs nothing of what is found in others. */
  changesIn(grey: GreyImage): ChangeMap | undefined {
    const contrast = localContrast(grey);
    const changes = this.#background.changesIn(contrast);
    this.#background.add(contrast);
    this.#sinceFullLook++;
    if (!changes || this.#sinceFullLook >= photosBetweenFullLooks) {
      this.#sinceFullLook = 0;
      return undefined;
    }
    return changes;
  }

  /** Adds where something was found lately to where a photo changed. */
  hold(changes: ChangeMap): void {
    for (const { box } of this.#held.flat()) changes.mark(box);
  }

  /** Tells what was found in a photo. `thresholds` by label, 0–1. */
  found(detections: readonly Detection[], thresholds: Readonly<Record<string, number>>): void {
    this.#held.push(detections.filter(({ label, confidence }) => confidence >= (thresholds[label] ?? 1)));
    if (this.#held.length > heldFor) this.#held.shift();
  }

  /** The camera hangs otherwise from now on: nothing that it saw before counts. */
  forget(): void {
    this.#background.forget();
    this.#held.length = 0;
  }
}
