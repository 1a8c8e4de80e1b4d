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
  /** What every request must give; undefined: whoever is on this machine may ask. Never written to a log or an answer. */
  readonly token: string | undefined;
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
    token: parseToken(env.RIVAGE_TOKEN),
    logLevel: parseLogLevel(env.RIVAGE_LOG ?? 'info'),
  });
}

function parseWhole(option: string, value: string, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new ServiceError('bad-option', { option, value, why: `a whole number from 0 to ${max} is needed` });
}

/** Only signs that every program sends alike in a header. A refusal does not repeat what was written: it is a secret. */
function parseToken(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  const why = {
    en: 'letters without accents, digits and signs are needed, without spaces',
    fr: 'il faut des lettres sans accent, des chiffres et des signes, sans espace',
  };
  throw new ServiceError('bad-option', { option: 'RIVAGE_TOKEN', value: '…', why });
}

function parseLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const wish = env.RIVAGE_LANG ?? env.LC_ALL ?? env.LANG ?? 'en';
  return wish.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function parseLogLevel(value: string): Config['logLevel'] {
  if (value === 'debug' || value === 'info' || value === 'warn' || value === 'error') return value;
  throw new ServiceError('bad-option', { option: 'RIVAGE_LOG', value, why: 'debug, info, warn or error is needed' });
}
