import type { Heat } from './palette.ts';
import type { Step, TimeWindow } from './time.ts';

/** What the reader has chosen to see. */
export interface View {
  readonly window: TimeWindow;
  readonly step: Step;
  readonly hiddenLabels: ReadonlySet<string>;
  readonly minConfidence: number;
  readonly heat: Heat | 'none';
  readonly ellipses: boolean;
  readonly zones: boolean;
  /** Detection number of the sighting that is open. */
  readonly selected: number | undefined;
}

/** Holds the view and tells all who listen when it changes. */
export interface ViewStore {
  readonly get: () => View;
  readonly set: (patch: Partial<View>) => void;
  readonly listen: (listener: (view: View, before: View) => void) => void;
}

/** Makes the one store of the page. */
export function createViewStore(first: View): ViewStore {
  let view = first;
  const listeners: ((view: View, before: View) => void)[] = [];
  return {
    get: () => view,
    set: (patch) => {
      const before = view;
      view = { ...view, ...patch };
      for (const listener of listeners) listener(view, before);
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
}

interface Shown {
  readonly t: number;
  readonly label: string;
  readonly confidence: number;
}

/** Whether a sighting is in the view; the map's own filter says the same (see `sightingFilter`). */
export function isShown(sighting: Shown, view: View): boolean {
  return (
    sighting.t >= view.window.from &&
    sighting.t < view.window.to &&
    sighting.confidence >= view.minConfidence &&
    !view.hiddenLabels.has(sighting.label)
  );
}

/** The same as a MapLibre filter. */
export function sightingFilter(view: View): unknown[] {
  return [
    'all',
    ['>=', ['get', 't'], view.window.from],
    ['<', ['get', 't'], view.window.to],
    ['>=', ['get', 'confidence'], view.minConfidence],
    ['!', ['in', ['get', 'label'], ['literal', [...view.hiddenLabels]]]],
  ];
}

/** Persons of the view, as a MapLibre filter; hiding the label's points does not empty its heatmap. */
export function personFilter(view: View): unknown[] {
  return ['all', sightingFilter({ ...view, hiddenLabels: new Set() }), ['==', ['get', 'label'], 'person']];
}

/** Whether a tent-night touches the window. */
export function isNightShown(night: { readonly t0: number; readonly t1: number }, view: View): boolean {
  return night.t0 < view.window.to && night.t1 > view.window.from;
}

/** Tent-nights that touch the window, as a MapLibre filter. */
export function nightFilter(view: View): unknown[] {
  return ['all', ['<', ['get', 't0'], view.window.to], ['>', ['get', 't1'], view.window.from]];
}
