import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The most memory that a command of rivage holds at a time, MB (2^20 bytes); undefined: this system does not tell. */
export async function peakMemoryMB(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const child = spawn(process.execPath, [main, ...args], { stdio: 'ignore', env: { ...process.env, ...env } });
  const status = `/proc/${child.pid}/status`;
  let peakKB: number | undefined;
  // the kernel keeps the peak: what counts is to have looked shortly before the end
  const watch = setInterval(() => {
    const text = existsSync(status) ? readFileSync(status, 'utf8') : '';
    const found = /VmHWM:\s+(\d+) kB/.exec(text)?.[1];
    if (found !== undefined) peakKB = Number(found);
  }, 20);
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
    if (code !== 0) throw new Error(`rivage ${args.join(' ')} ended with ${code}`);
  } finally {
    clearInterval(watch);
  }
  return peakKB === undefined ? undefined : peakKB / 1024;
}
