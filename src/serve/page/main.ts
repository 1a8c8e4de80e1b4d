import { type Camera, type Lake, type LakeData, type Model, readLake } from './data.ts';
import { drawDetail, type Sighting } from './detail.ts';
import { byId, make } from './dom.ts';
import { findPeak } from './heat.ts';
import { drawLegend, wireChoices } from './legend.ts';
import { createLakeMap, type LakeMap } from './map.ts';
import { notify, notifyProblem } from './notices.ts';
import { createRunCard } from './runs.ts';
import { sayInstant } from './say-time.ts';
import { ask } from './service.ts';
import { chooseLanguage, fillTexts, language, say, sayNumber } from './text.ts';
import { createTimeline } from './timeline.ts';
import { createViewStore, isNightShown, isShown } from './view.ts';

const dayMs = 86_400_000;
const store = createViewStore({
  window: { from: 0, to: 0 },
  step: 'all',
  hiddenLabels: new Set(),
  minConfidence: 0,
  heat: 'none',
  ellipses: true,
  zones: true,
  selected: undefined,
});

/** What the page knows of the lake that is open. */
interface Scene {
  readonly lake: Lake;
  readonly data: LakeData;
  readonly cameras: readonly Camera[];
  readonly models: readonly Model[];
  /** In order of time, as the browse buttons go. */
  readonly sightings: readonly Sighting[];
}
let scene: Scene | undefined;
let map: LakeMap | undefined;
let lakes: readonly Lake[] = [];
const timeline = createTimeline(byId('timeline'), store);
const runCard = createRunCard(() => {
  openLake(scene?.lake.id).catch(notifyProblem);
});

/** Reads everything of a lake and shows it; the first lake when none is named. */
async function openLake(id: string | undefined): Promise<void> {
  const lake = lakes.find((one) => one.id === id) ?? lakes[0];
  if (!lake || !map) return notify(say('noLake'));
  const [data, { cameras: all }, { models }] = await Promise.all([
    readLake(lake),
    ask<{ cameras: Camera[] }>('/api/cameras'),
    ask<{ models: Model[] }>('/api/models'),
  ]);
  const cameras = all.filter((camera) => camera.lakeId === lake.id);
  const sightings = data.sightings.features.toSorted((a, b) => a.properties.t - b.properties.t);
  scene = { lake, data, cameras, models, sightings };
  runCard.setChoices({ cameras, models });
  map.open(lake, data, cameras);
  store.set({ selected: undefined });
  timeline.open(
    sightings.map((sighting) => sighting.properties),
    spanOf(scene),
    lake.timeZone,
  );
  for (const { name, movedSince } of cameras) {
    if (movedSince !== null)
      notify(say('cameraMoved', { name, since: sayInstant(Date.parse(movedSince), lake.timeZone) }));
  }
  if (data.sightingCount > sightings.length) {
    notify(say('tooMany', { shown: sayNumber(sightings.length), all: sayNumber(data.sightingCount) }));
  }
}

/** From the first to the last photo; without photos, the last day. */
function spanOf({ cameras, sightings }: Scene): { from: number; to: number } {
  const times = cameras.flatMap(({ photos }) => [photos.first, photos.last]).filter((time) => time !== null);
  const instants = [...times.map((time) => Date.parse(time)), ...sightings.map(({ properties }) => properties.t)];
  if (!instants.length) return { from: Date.now() - dayMs, to: Date.now() };
  return instants.reduce((span, t) => ({ from: Math.min(span.from, t), to: Math.max(span.to, t) }), {
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  });
}

function draw(): void {
  if (!scene || !map) return;
  const { selected } = store.get();
  const peak = measurePeak(scene);
  map.show(store.get(), peak);
  drawLegend(scene, store, peak);
  const sighting = scene.sightings.find(({ properties }) => properties.fid === selected);
  map.select(sighting);
  drawDetail(sighting, scene.lake.timeZone, { close: () => store.set({ selected: undefined }), move: browse });
}

/** The largest sum that the chosen heatmap has at one spot now. */
function measurePeak({ sightings, data }: Scene): number {
  const view = { ...store.get(), hiddenLabels: new Set<string>() };
  if (view.heat === 'none') return 0;
  if (view.heat === 'person') {
    const persons = sightings.filter(({ properties }) => properties.label === 'person' && isShown(properties, view));
    return findPeak(persons.map(({ geometry }) => ({ position: geometry.coordinates, weight: 1 })));
  }
  const nights = data.tentNights.features.filter(({ properties }) => isNightShown(properties, view));
  return findPeak(
    nights.map(({ geometry, properties }) => ({ position: geometry.coordinates, weight: properties.weight })),
  );
}

/** Opens the next or previous sighting of those in the view. */
function browse(by: 1 | -1): void {
  const view = store.get();
  const shown = scene?.sightings.filter(({ properties }) => isShown(properties, view)) ?? [];
  const at = shown.findIndex(({ properties }) => properties.fid === view.selected);
  const next = shown[at < 0 ? 0 : (at + by + shown.length) % shown.length];
  if (next) store.set({ selected: next.properties.fid });
}

function writeTexts(): void {
  fillTexts(document);
  byId('language').textContent = say('otherLanguage');
  byId<HTMLSelectElement>('lake').replaceChildren(
    ...lakes.map((lake) => make('option', { value: lake.id }, lake.name)),
  );
  if (scene) byId<HTMLSelectElement>('lake').value = scene.lake.id;
  timeline.refresh();
  runCard.refresh();
  draw();
}

function wirePage(): void {
  wireChoices(store);
  store.listen(draw);
  byId('language').addEventListener('click', () => {
    chooseLanguage(language() === 'fr' ? 'en' : 'fr');
    writeTexts();
  });
  const lake = byId<HTMLSelectElement>('lake');
  lake.addEventListener('change', () => openLake(lake.value).catch(notifyProblem));
  byId('browse').addEventListener('click', () => {
    browse(1);
    byId('detail').focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && store.get().selected !== undefined) store.set({ selected: undefined });
  });
}

async function start(): Promise<void> {
  wirePage();
  writeTexts();
  map = await createLakeMap(byId('map'), (fid) => store.set({ selected: fid }));
  lakes = (await ask<{ lakes: Lake[] }>('/api/lakes')).lakes;
  await openLake(undefined);
  writeTexts();
  await runCard.resume();
  // For tests: a sign that everything has been read and drawn, and what is drawn.
  Object.assign(globalThis, { rivage: { drawn: map.drawn, spot: map.spot } });
  await map.settled();
  document.documentElement.dataset.ready = 'true';
}

start().catch(notifyProblem);
