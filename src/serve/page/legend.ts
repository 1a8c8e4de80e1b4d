import type { Camera, LakeData, Model } from './data.ts';
import { byId, make } from './dom.ts';
import { type Heat, labelColour, palette, ramps, zoneStyles } from './palette.ts';
import { say, sayNumber, sayWord } from './text.ts';
import { isNightShown, isShown, type View, type ViewStore } from './view.ts';

/** What the legend speaks of. */
export interface LegendFacts {
  readonly data: LakeData;
  readonly cameras: readonly Camera[];
  readonly models: readonly Model[];
}

/** Wires the switches of the side cards to the view, once. */
export function wireChoices(store: ViewStore): void {
  const confidence = byId<HTMLInputElement>('confidence');
  confidence.addEventListener('input', () => store.set({ minConfidence: Number(confidence.value) }));
  for (const name of ['ellipses', 'zones'] as const) {
    const box = byId<HTMLInputElement>(name);
    box.addEventListener('change', () => store.set({ [name]: box.checked }));
  }
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=heat]')) {
    radio.addEventListener('change', () => store.set({ heat: radio.value as Heat | 'none' }));
  }
}

/** Writes legend, counts and switches as the view is now. */
export function drawLegend(facts: LegendFacts, store: ViewStore, peak: number): void {
  const view = store.get();
  drawLabels(facts.data, store);
  byId<HTMLInputElement>('confidence').value = String(view.minConfidence);
  byId('confidence-value').textContent = sayNumber(view.minConfidence, 2);
  byId<HTMLInputElement>('ellipses').checked = view.ellipses;
  byId<HTMLInputElement>('zones').checked = view.zones;
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=heat]')) {
    radio.checked = radio.value === view.heat;
  }
  drawHeat(facts, view, peak);
  drawPlaces(facts);
  drawPhotos(facts.cameras);
}

function drawLabels(data: LakeData, store: ViewStore): void {
  const view = store.get();
  const all = data.sightings.features.map((feature) => feature.properties);
  const counts = new Map<string, number>();
  // in alphabetical order: a list that sorts itself by counts would jump about while time is played
  for (const label of [...new Set(all.map((sighting) => sighting.label))].sort()) counts.set(label, 0);
  const everyLabel = { ...view, hiddenLabels: new Set<string>() };
  for (const sighting of all) {
    if (isShown(sighting, everyLabel)) counts.set(sighting.label, (counts.get(sighting.label) ?? 0) + 1);
  }
  const shown = [...counts].filter(([label]) => !view.hiddenLabels.has(label)).reduce((sum, [, n]) => sum + n, 0);
  byId('count').textContent = sayNumber(shown);
  byId<HTMLButtonElement>('browse').disabled = shown === 0;
  const rows = [...counts].map(([label, count]) => labelRow(label, count, store));
  const nothing = make('li', { class: 'note' }, `${say('nothingYet')}. ${say('nothingYetMend')}`);
  keepFocus(byId('labels'), rows.length ? rows : [nothing]);
}

function labelRow(label: string, count: number, store: ViewStore): HTMLLIElement {
  const box = make('input', { type: 'checkbox', id: `label-${label}` });
  box.checked = !store.get().hiddenLabels.has(label);
  box.addEventListener('change', () => {
    const hidden = new Set(store.get().hiddenLabels);
    if (box.checked) hidden.delete(label);
    else hidden.add(label);
    store.set({ hiddenLabels: hidden });
  });
  const key = make('span', { class: 'key dot', 'aria-hidden': 'true' });
  key.style.background = labelColour(label);
  const text = make('span', {}, sayWord(label));
  const number = make('span', { class: 'number' }, sayNumber(count));
  return make('li', {}, make('label', { class: 'switch' }, box, key, text, number));
}

/** Replaces a list without taking the keyboard away from who is using it. */
function keepFocus(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const focused = list.contains(document.activeElement) ? document.activeElement?.id : undefined;
  list.replaceChildren(...rows);
  if (focused) document.getElementById(focused)?.focus();
}

function drawHeat(facts: LegendFacts, view: View, peak: number): void {
  const legend = byId('heat-legend');
  const note = byId('heat-note');
  const tents = sayTents(facts, view);
  legend.hidden = view.heat === 'none' || (view.heat === 'bivouac' && tents.missing);
  note.hidden = view.heat === 'none' && !tents.missing;
  note.textContent = view.heat === 'person' ? say('personNote') : tents.text;
  byId('heat-most').textContent = say(view.heat === 'person' ? 'mostPersons' : 'mostTentNights', {
    n: sayNumber(peak, peak < 10 ? 1 : 0),
  });
  if (view.heat === 'none') return;
  const stops = ramps[view.heat].map(([at, colour]) => `${colour} ${at * 100}%`).join(', ');
  const ramp = legend.querySelector<HTMLElement>('.ramp');
  if (ramp) ramp.style.background = `linear-gradient(90deg, ${stops}), ${palette.land}`;
}

/** What can honestly be said of tents: not looked for is not the same as none. */
function sayTents({ data, models }: LegendFacts, view: View): { readonly text: string; readonly missing: boolean } {
  const looked = models.filter((model) => model.analysedPhotos > 0);
  if (!looked.length) return { text: say('tentsNothingAnalysed'), missing: true };
  const knowTents = looked.some((model) => model.labels.some(({ label }) => label === 'tent'));
  if (!knowTents) {
    return { text: say('tentsNotLooked', { models: looked.map(({ id }) => id).join(', ') }), missing: true };
  }
  const touched = data.tentNights.features.some(({ properties }) => isNightShown(properties, view));
  return { text: say(touched ? 'bivouacNote' : 'tentsNone'), missing: false };
}

function drawPlaces({ data, cameras }: LegendFacts): void {
  const kinds = [...new Set(data.zones.features.map((feature) => feature.properties.kind))];
  const rows = kinds.map((kind) => {
    const style = zoneStyles[kind];
    const key = make('span', { class: `key zone${(style?.dash[1] ?? 0) > 0 ? ' dashed' : ''}`, 'aria-hidden': 'true' });
    key.style.setProperty('--zone', style?.colour ?? '#777777');
    return make('li', {}, key, sayWord(kind));
  });
  const calibrated = cameras.some((camera) => camera.headingDeg !== null);
  const camera = make('span', { class: 'key camera-key', 'aria-hidden': 'true' });
  rows.push(make('li', {}, camera, say(calibrated ? 'cameraWithView' : 'cameraUncalibrated')));
  byId('places').replaceChildren(...rows);
}

function drawPhotos(cameras: readonly Camera[]): void {
  const sum = (count: (camera: Camera) => number): string =>
    sayNumber(cameras.reduce((total, camera) => total + count(camera), 0));
  byId('photo-note').textContent = say('photoNote', {
    total: sum(({ photos }) => photos.total),
    usable: sum(({ photos }) => photos.usable),
    analysed: sum(({ photos }) => photos.analysed),
  });
}
