import { type Language, ServiceError } from './errors.ts';

/** What the environment says; read once, here alone. */
export interface Config {
  /** PostgreSQL + PostGIS to use; undefined: the embedded database in the workspace's `.rivage` folder. */
  readonly databaseUrl: string | undefined;
  /** Port of the local service, on 127.0.0.1. */
  readonly port: number;
  /** Language of messages and pages. */
  readonly language: Language;
  /** Intra-operation threads of the detector; 0: as many as cores. */
  readonly detectThreads: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/**
 * Parses the environment.
 * @throws ServiceError bad-option
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  return Object.freeze({
    databaseUrl: env.RIVAGE_DATABASE_URL || undefined,
    port: parseWhole('RIVAGE_PORT', env.RIVAGE_PORT ?? '8686', 65535),
    language: parseLanguage(env),
    detectThreads: parseWhole('RIVAGE_DETECT_THREADS', env.RIVAGE_DETECT_THREADS ?? '0', 256),
    logLevel: parseLogLevel(env.RIVAGE_LOG ?? 'info'),
  });
}

function parseWhole(option: string, value: string, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new ServiceError('bad-option', { option, value, why: `a whole number from 0 to ${max} is needed` });
}

function parseLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const wish = env.RIVAGE_LANG ?? env.LC_ALL ?? env.LANG ?? 'en';
  return wish.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function parseLogLevel(value: string): Config['logLevel'] {
  if (value === 'debug' || value === 'info' || value === 'warn' || value === 'error') return value;
  throw new ServiceError('bad-option', { option: 'RIVAGE_LOG', value, why: 'debug, info, warn or error is needed' });
}
