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
  /** What was done before it began; the rate does not count it. */
  readonly from?: number;
  /** Written as megabytes. */
  readonly unit?: 'bytes';
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
  const { from = 0, unit } = options;
  const bar = new SingleBar(
    {
      stream,
      hideCursor: true,
      clearOnComplete: false,
      fps: 5,
      etaBuffer: 50,
      format: (_options, state) => {
        const seconds = ((state.stopTime ?? Date.now()) - state.startTime) / 1000;
        return drawProgress(context, name, { done: state.value, total: state.total, seconds, from, unit });
      },
    },
    Presets.shades_classic,
  );
  bar.start(total, from);
  return { advance: (count = 1) => bar.increment(count), stop: () => bar.stop() };
}

interface ProgressState {
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  readonly from?: number | undefined;
  readonly unit?: 'bytes' | undefined;
}

/** What a progress line says: bar, count, rate, time left. */
export function drawProgress(context: Pick<CliContext, 'say'>, label: string, state: ProgressState): string {
  const { done, total, seconds, from = 0, unit } = state;
  const share = Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
  const rate = seconds > 0 ? Math.max(0, done - from) / seconds : 0;
  const mega = context.say({ en: 'MB', fr: 'Mo' });
  const count = unit ? `${(done / 1e6).toFixed(1)}/${(total / 1e6).toFixed(1)} ${mega}` : `${done}/${total}`;
  if (rate === 0) return `${label} ${bar} ${count}`;
  const pace = unit ? `${(rate / 1e6).toFixed(1)} ${mega}` : rate.toFixed(rate >= 10 ? 0 : 1);
  const spent = formatSeconds(seconds);
  const left = formatSeconds((total - done) / rate);
  const tail = done < total ? { en: `${left} left`, fr: `reste ${left}` } : { en: `in ${spent}`, fr: `en ${spent}` };
  return `${label} ${bar} ${count} · ${pace}/s · ${context.say(tail)}`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
