import type { Camera, Model } from './data.ts';
import { byId, make } from './dom.ts';
import { notifyProblem } from './notices.ts';
import { sayDuration } from './say-time.ts';
import { ask } from './service.ts';
import { say, sayNumber } from './text.ts';

/** A run as /api/runs tells it. */
interface Run {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly total: number | null;
  readonly done: number;
  readonly failed: number;
  readonly photosPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly error: { readonly detail: string } | null;
}

const pollMs = 1000;

/** What a run can be started on. */
export interface RunChoices {
  readonly cameras: readonly Camera[];
  readonly models: readonly Model[];
}

/** The card that starts a run, follows it and cancels it. */
export interface RunCard {
  readonly setChoices: (choices: RunChoices) => void;
  /** Follows a run that is under way already, if there is one. */
  readonly resume: () => Promise<void>;
  readonly refresh: () => void;
}

/** Wires the run card and its dialog; `onEnd` is called when a run has ended, so that the map is read again. */
export function createRunCard(onEnd: () => void): RunCard {
  const dialog = byId<HTMLDialogElement>('run-dialog');
  let run: Run | undefined;
  let choices: RunChoices = { cameras: [], models: [] };

  const follow = async (first: Run): Promise<void> => {
    run = first;
    drawRun(run);
    while (isUnderWay(run)) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      run = await ask<Run>(`/api/runs/${run.id}`);
      drawRun(run);
    }
    onEnd();
  };
  byId('open-run').addEventListener('click', () => {
    fillForm(choices);
    dialog.showModal();
  });
  byId('run-close').addEventListener('click', () => dialog.close());
  byId('run-form').addEventListener('submit', (event) => {
    event.preventDefault();
    ask<Run>('/api/runs', 'POST', readForm())
      .then((started) => {
        dialog.close();
        return follow(started);
      })
      .catch((thrown: unknown) => {
        dialog.close();
        notifyProblem(thrown);
      });
  });
  byId('cancel-run').addEventListener('click', () => {
    if (run) ask<Run>(`/api/runs/${run.id}`, 'DELETE').catch(notifyProblem);
  });
  return {
    setChoices: (next) => {
      choices = next;
    },
    resume: async () => {
      const { runs } = await ask<{ runs: readonly Run[] }>('/api/runs?limit=1');
      if (runs[0] && isUnderWay(runs[0])) follow(runs[0]).catch(notifyProblem);
    },
    refresh: () => run && drawRun(run),
  };
}

function isUnderWay(run: Run): boolean {
  return run.state === 'queued' || run.state === 'running';
}

function drawRun(run: Run): void {
  byId('progress').hidden = false;
  byId('cancel-run').hidden = !isUnderWay(run);
  byId<HTMLButtonElement>('open-run').disabled = isUnderWay(run);
  const bar = byId<HTMLProgressElement>('progress-bar');
  if (run.total) bar.value = run.done / run.total;
  else if (isUnderWay(run)) bar.removeAttribute('value');
  else bar.value = 1;
  byId('progress').dataset.state = run.state;
  byId('progress-text').textContent = sayRun(run);
}

function sayRun(run: Run): string {
  const done = sayNumber(run.done);
  if (run.state === 'done') return say('runDone', { done, failed: sayNumber(run.failed) });
  if (run.state === 'cancelled') return say('runCancelled', { done });
  if (run.state === 'failed') return say('runFailed', { why: run.error?.detail ?? '–' });
  if (run.state === 'queued' || run.total === null) return say('runQueued');
  const total = sayNumber(run.total);
  if (run.photosPerSecond === null || run.secondsLeft === null) return say('runRunningNoRate', { done, total });
  const left = sayDuration(run.secondsLeft, (unit, n) => say(unit, { n }));
  return say('runRunning', { done, total, rate: sayNumber(run.photosPerSecond, 1), left });
}

function fillForm({ cameras, models }: RunChoices): void {
  const boxes = cameras.map((camera) => {
    const box = make('input', { type: 'checkbox', name: 'camera', value: camera.id });
    box.checked = true;
    return make('label', { class: 'switch' }, box, make('span', {}, camera.name));
  });
  byId('run-cameras').replaceChildren(...boxes);
  const options = models.map((model) => make('option', { value: model.id }, model.id));
  const select = byId<HTMLSelectElement>('run-model');
  select.replaceChildren(...options);
  select.value = models.find((model) => model.isDefault)?.id ?? models[0]?.id ?? '';
  const days = cameras.flatMap(({ photos }) => [photos.first, photos.last]).filter((day) => day !== null);
  byId<HTMLInputElement>('run-from').value = days.toSorted()[0]?.slice(0, 10) ?? '';
  byId<HTMLInputElement>('run-to').value = days.toSorted().at(-1)?.slice(0, 10) ?? '';
}

/** Days are whole UTC days here; the service takes instants. */
function readForm(): Record<string, unknown> {
  const form = byId<HTMLFormElement>('run-form');
  const cameraIds = [...form.querySelectorAll<HTMLInputElement>('input[name=camera]:checked')].map((box) => box.value);
  const from = byId<HTMLInputElement>('run-from').value;
  const to = byId<HTMLInputElement>('run-to').value;
  const modelId = byId<HTMLSelectElement>('run-model').value;
  return {
    cameraIds,
    ...(from ? { from: `${from}T00:00:00Z` } : {}),
    ...(to ? { to: `${to}T23:59:59Z` } : {}),
    ...(modelId ? { modelId } : {}),
  };
}
