import type { SightingProperties } from './data.ts';
import { labelColour } from './palette.ts';
import { sayTick, sayWindow } from './say-time.ts';
import { fillTexts, say } from './text.ts';
import { edges, type Step, startOf, type TimeWindow } from './time.ts';
import type { ViewStore } from './view.ts';

/** The bar at the bottom: sightings over time, the window that is shown, and its play button. */
export interface Timeline {
  /** Takes the sightings and the whole span of a lake. */
  readonly open: (sightings: readonly SightingProperties[], span: TimeWindow, timeZone: string) => void;
  /** Writes all words again. */
  readonly refresh: () => void;
}

const playMs = 650;
const hourMs = 3_600_000;
const maxHourBars = 24 * 8;

interface Scene {
  readonly sightings: readonly SightingProperties[];
  readonly span: TimeWindow;
  readonly timeZone: string;
  /** Edges of the bars, ms; one more than bars. */
  readonly marks: readonly number[];
  readonly unit: 'hour' | 'day';
}

/** Wires the elements of #timeline to the view. */
export function createTimeline(root: HTMLElement, store: ViewStore): Timeline {
  let scene: Scene | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const parts = findParts(root);

  const setPlaying = (playing: boolean): void => {
    clearInterval(timer);
    timer = playing ? setInterval(() => scene && moveWindow(scene, store, 1, true), playMs) : undefined;
    parts.play.textContent = playing ? '❚❚' : '►';
    parts.play.setAttribute('aria-label', say(playing ? 'pause' : 'play'));
    parts.play.setAttribute('aria-pressed', String(playing));
  };
  const refresh = (): void => {
    fillTexts(root);
    setPlaying(timer !== undefined);
    if (scene) draw(parts, scene, store);
  };
  parts.play.addEventListener('click', () => setPlaying(timer === undefined));
  parts.back.addEventListener('click', () => scene && moveWindow(scene, store, -1, false));
  parts.forward.addEventListener('click', () => scene && moveWindow(scene, store, 1, false));
  for (const radio of parts.steps) {
    radio.addEventListener('change', () => {
      setPlaying(false);
      if (scene) chooseStep(scene, store, radio.value as Step);
    });
  }
  for (const slider of [parts.from, parts.to]) {
    slider.addEventListener('input', () => scene && slide(parts, scene, store, slider));
  }
  parts.histogram.addEventListener('click', (event) => scene && clickBar(parts, scene, store, event));
  store.listen(() => scene && draw(parts, scene, store));
  return {
    open: (sightings, span, timeZone) => {
      setPlaying(false);
      scene = makeScene(sightings, span, timeZone);
      const whole = { from: scene.marks[0] ?? span.from, to: scene.marks.at(-1) ?? span.to };
      store.set({ window: whole, step: 'all' });
    },
    refresh,
  };
}

function makeScene(sightings: readonly SightingProperties[], span: TimeWindow, timeZone: string): Scene {
  const whole = { from: startOf('day', span.from, timeZone), to: startOf('day', span.to, timeZone, 1) };
  const unit = (whole.to - whole.from) / hourMs <= maxHourBars ? 'hour' : 'day';
  return { sightings, span: whole, timeZone, unit, marks: edges(unit, whole, timeZone) };
}

interface Parts {
  readonly play: HTMLButtonElement;
  readonly back: HTMLButtonElement;
  readonly forward: HTMLButtonElement;
  readonly steps: readonly HTMLInputElement[];
  readonly from: HTMLInputElement;
  readonly to: HTMLInputElement;
  readonly words: HTMLOutputElement;
  readonly histogram: SVGSVGElement;
  readonly ticks: HTMLElement;
}

function findParts(root: HTMLElement): Parts {
  const find = <E extends Element>(selector: string): E => {
    const element = root.querySelector<E>(selector);
    if (!element) throw new Error(`the page lacks ${selector}`);
    return element;
  };
  return {
    play: find('#play'),
    back: find('#back'),
    forward: find('#forward'),
    steps: [...root.querySelectorAll<HTMLInputElement>('input[name=step]')],
    from: find('#from'),
    to: find('#to'),
    words: find('#window-text'),
    histogram: find('#histogram'),
    ticks: find('#ticks'),
  };
}

/** The unit that steps move by: that of the switch, or the bars' own while all is shown. */
function unitOf(scene: Scene, step: Step): 'hour' | 'day' {
  return step === 'all' ? (scene.unit === 'hour' ? 'hour' : 'day') : step;
}

function moveWindow(scene: Scene, store: ViewStore, by: 1 | -1, wrap: boolean): void {
  const { window, step } = store.get();
  const unit = unitOf(scene, step);
  const whole = window.from <= scene.span.from && window.to >= scene.span.to;
  if (whole) {
    const from = by === 1 ? scene.span.from : startOf('day', scene.span.to - 1, scene.timeZone);
    store.set({ window: { from, to: startOf('day', from, scene.timeZone, 1) }, step: 'day' });
    return;
  }
  const next = {
    from: startOf(unit, window.from, scene.timeZone, by),
    to: startOf(unit, window.to, scene.timeZone, by),
  };
  if (next.from >= scene.span.from && next.to <= scene.span.to) store.set({ window: next });
  else if (wrap) store.set({ window: { from: scene.span.from, to: scene.span.from + (next.to - next.from) } });
}

function chooseStep(scene: Scene, store: ViewStore, step: Step): void {
  if (step === 'all') {
    store.set({ step, window: scene.span });
    return;
  }
  const { window } = store.get();
  const first = scene.sightings.find(({ t }) => t >= window.from && t < window.to);
  const from = startOf(step, first?.t ?? window.from, scene.timeZone);
  store.set({ step, window: { from, to: startOf(step, from, scene.timeZone, 1) } });
}

function slide(parts: Parts, scene: Scene, store: ViewStore, moved: HTMLInputElement): void {
  const last = scene.marks.length - 1;
  let from = Number(parts.from.value);
  let to = Number(parts.to.value);
  if (moved === parts.from) from = Math.min(from, to - 1);
  else to = Math.max(to, from + 1);
  const window = { from: scene.marks[Math.max(0, from)] ?? 0, to: scene.marks[Math.min(last, to)] ?? 0 };
  store.set({ window });
}

function clickBar(parts: Parts, scene: Scene, store: ViewStore, event: MouseEvent): void {
  const box = parts.histogram.getBoundingClientRect();
  const index = Math.floor(((event.clientX - box.left) / box.width) * (scene.marks.length - 1));
  const [from, to] = [scene.marks[index], scene.marks[index + 1]];
  if (from !== undefined && to !== undefined) store.set({ window: { from, to }, step: scene.unit });
}

function draw(parts: Parts, scene: Scene, store: ViewStore): void {
  const { window, step, hiddenLabels, minConfidence } = store.get();
  const bars = scene.marks.length - 1;
  for (const slider of [parts.from, parts.to]) slider.max = String(bars);
  parts.from.value = String(markAt(scene, window.from));
  parts.to.value = String(Math.max(1, markAt(scene, window.to - 1) + 1));
  const words = sayWindow(window, scene.timeZone);
  parts.words.textContent = words;
  for (const slider of [parts.from, parts.to]) slider.setAttribute('aria-valuetext', words);
  for (const radio of parts.steps) radio.checked = radio.value === step;
  const shown = scene.sightings.filter(
    ({ label, confidence }) => !hiddenLabels.has(label) && confidence >= minConfidence,
  );
  parts.histogram.setAttribute('viewBox', `0 0 ${bars} 100`);
  parts.histogram.innerHTML = windowBand(scene, window) + barShapes(scene, shown, window);
  parts.ticks.replaceChildren(...tickLabels(scene, parts.ticks.clientWidth));
}

function markAt(scene: Scene, instant: number): number {
  let index = scene.marks.findLastIndex((mark) => mark <= instant);
  if (index < 0) index = 0;
  return index;
}

function windowBand(scene: Scene, window: TimeWindow): string {
  const from = markAt(scene, window.from);
  const to = Math.max(from + 1, markAt(scene, window.to - 1) + 1);
  return `<rect class="band" x="${from}" y="0" width="${to - from}" height="100"/>`;
}

function barShapes(scene: Scene, shown: readonly SightingProperties[], window: TimeWindow): string {
  const labels = [...new Set(shown.map(({ label }) => label))].sort();
  const counts = new Map<string, number>();
  const totals = new Array<number>(scene.marks.length).fill(0);
  for (const { t, label } of shown) {
    const mark = markAt(scene, t);
    counts.set(`${mark} ${label}`, (counts.get(`${mark} ${label}`) ?? 0) + 1);
    totals[mark] = (totals[mark] ?? 0) + 1;
  }
  const most = Math.max(1, ...totals);
  let shapes = '';
  for (const [mark, total] of totals.entries()) {
    if (!total) continue;
    let top = 100;
    const start = scene.marks[mark] ?? 0;
    const faded = start >= window.to || (scene.marks[mark + 1] ?? start) <= window.from;
    for (const label of labels) {
      const height = ((counts.get(`${mark} ${label}`) ?? 0) / most) * 94;
      if (!height) continue;
      top -= height;
      shapes += `<rect x="${mark + 0.1}" y="${top}" width="0.8" height="${height}" fill="${labelColour(label)}"${faded ? ' opacity=".35"' : ''}/>`;
    }
  }
  return shapes;
}

function tickLabels(scene: Scene, width: number): HTMLElement[] {
  const bars = scene.marks.length - 1;
  const days = scene.unit === 'day' ? scene.marks : edges('day', scene.span, scene.timeZone);
  const room = Math.max(1, Math.floor(width / 72));
  const every = Math.max(1, Math.ceil((days.length - 1) / room));
  return days.slice(0, -1).flatMap((day, index) => {
    if (index % every) return [];
    const tick = document.createElement('span');
    tick.textContent = sayTick(day, 'day', scene.timeZone);
    tick.style.left = `${(markAt(scene, day) / bars) * 100}%`;
    return [tick];
  });
}
