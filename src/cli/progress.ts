import { Presets, SingleBar } from 'cli-progress';
import type { Bilingual } from '../errors.ts';
import type { CliContext } from './context.ts';

/** The progress of one long act. */
export interface Progress {
  /** Says that `count` more are done; one by default. */
  readonly advance: (count?: number) => void;
  /** Ends the bar; call it in a finally. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  /** True with --json: nothing is drawn. */
  readonly quiet?: boolean;
  /** Where it is drawn; stderr by default, as stdout is for answers. */
  readonly stream?: NodeJS.WriteStream;
}

/** The door to cli-progress. Draws a bar with rate and time left; draws nothing when the stream is no terminal. */
export function createProgress(
  context: Pick<CliContext, 'say'>,
  total: number,
  label: Bilingual,
  options: ProgressOptions = {},
): Progress {
  const stream = options.stream ?? process.stderr;
  if (options.quiet || !stream.isTTY || total === 0) return { advance: () => undefined, stop: () => undefined };
  const name = context.say(label);
  const bar = new SingleBar(
    {
      stream,
      hideCursor: true,
      clearOnComplete: false,
      fps: 5,
      etaBuffer: 50,
      format: (_options, state) => {
        const seconds = ((state.stopTime ?? Date.now()) - state.startTime) / 1000;
        return drawProgress(context, name, { done: state.value, total: state.total, seconds });
      },
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: (count = 1) => bar.increment(count), stop: () => bar.stop() };
}

/** What a progress line says: bar, count, rate, time left. */
export function drawProgress(
  context: Pick<CliContext, 'say'>,
  label: string,
  state: { readonly done: number; readonly total: number; readonly seconds: number },
): string {
  const { done, total, seconds } = state;
  const share = Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
  const rate = seconds > 0 ? done / seconds : 0;
  if (rate === 0) return `${label} ${bar} ${done}/${total}`;
  const pace = rate >= 10 ? rate.toFixed(0) : rate.toFixed(1);
  const spent = formatSeconds(seconds);
  const left = formatSeconds((total - done) / rate);
  const tail = done < total ? { en: `${left} left`, fr: `reste ${left}` } : { en: `in ${spent}`, fr: `en ${spent}` };
  return `${label} ${bar} ${done}/${total} · ${pace}/s · ${context.say(tail)}`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
