import { homedir } from 'node:os';
import path from 'node:path';
import { type Language, ServiceError } from './errors.ts';

/** What the environment says; read once, here alone. */
export interface Config {
  /** PostgreSQL + PostGIS to use; undefined: the embedded database in the workspace's `.rivage` folder. */
  readonly databaseUrl: string | undefined;
  /** Port of the local service, on 127.0.0.1. */
  readonly port: number;
  /** Language of messages and pages. */
  readonly language: Language;
  /** Intra-operation threads of the detector; 0: as many as cores; undefined: as many as are measured to be best. */
  readonly detectThreads: number | undefined;
  /** What computes detections, as ONNX Runtime calls it: cpu, cuda, coreml, dml, webgpu … */
  readonly executionProvider: string;
  /** What every request must give; undefined: whoever is on this machine may ask. Never written to a log or an answer. */
  readonly token: string | undefined;
  /** A folder of the user's own models, beside those that come with Rivage; undefined: there is none. */
  readonly modelsFolder: string | undefined;
  /** Where pulled weights are kept, each under its SHA-256. */
  readonly weightsFolder: string;
  /** Where what was measured of this machine is kept; it may be lost. */
  readonly cacheFolder: string;
  /** Where `rivage models pull` fetches from, if not from the address in the manifest. */
  readonly modelsMirror: string | undefined;
  /** What downloads go through; may hold a password, so it is never written to a log or an answer. */
  readonly proxy: ProxyConfig;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as other programs read them; empty: not set. */
export interface ProxyConfig {
  readonly http: string;
  /** Empty: that of http. */
  readonly https: string;
  /** Hosts that are asked directly. */
  readonly except: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment.
 * @throws ServiceError bad-option
 */
export function readConfig(env: Environment = process.env): Config {
  return Object.freeze({
    databaseUrl: env.RIVAGE_DATABASE_URL || undefined,
    port: parseWhole('RIVAGE_PORT', env.RIVAGE_PORT ?? '8686', 65535),
    language: parseLanguage(env),
    detectThreads: env.RIVAGE_DETECT_THREADS
      ? parseWhole('RIVAGE_DETECT_THREADS', env.RIVAGE_DETECT_THREADS, 256)
      : undefined,
    executionProvider: (env.RIVAGE_EXECUTION_PROVIDER || 'cpu').toLowerCase(),
    token: parseToken(env.RIVAGE_TOKEN),
    modelsFolder: env.RIVAGE_MODELS ? path.resolve(env.RIVAGE_MODELS) : undefined,
    weightsFolder: env.RIVAGE_WEIGHTS
      ? path.resolve(env.RIVAGE_WEIGHTS)
      : path.join(dataFolder(env), 'rivage', 'weights'),
    cacheFolder: path.join(cachesFolder(env), 'rivage'),
    modelsMirror: env.RIVAGE_MODELS_MIRROR || undefined,
    proxy: readProxy(env),
    logLevel: parseLogLevel(env.RIVAGE_LOG ?? 'info'),
  });
}

/** Where programs keep the data of this user. Source: XDG Base Directory Specification; a relative path does not count. */
function dataFolder(env: Environment): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: windows } = env;
  if (xdg && path.isAbsolute(xdg)) return xdg;
  return windows || path.join(env.HOME || homedir(), '.local', 'share');
}

/** Where programs keep what they can make again. Source: XDG Base Directory Specification. */
function cachesFolder(env: Environment): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: windows } = env;
  if (xdg && path.isAbsolute(xdg)) return xdg;
  return windows ? path.join(windows, 'Cache') : path.join(env.HOME || homedir(), '.cache');
}

/** Lower case first, as curl does. */
function readProxy(env: Environment): ProxyConfig {
  return Object.freeze({
    http: env.http_proxy || env.HTTP_PROXY || '',
    https: env.https_proxy || env.HTTPS_PROXY || '',
    except: env.no_proxy || env.NO_PROXY || '',
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

function parseLanguage(env: Environment): Language {
  const wish = env.RIVAGE_LANG ?? env.LC_ALL ?? env.LANG ?? 'en';
  return wish.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function parseLogLevel(value: string): Config['logLevel'] {
  if (value === 'debug' || value === 'info' || value === 'warn' || value === 'error') return value;
  throw new ServiceError('bad-option', { option: 'RIVAGE_LOG', value, why: 'debug, info, warn or error is needed' });
}
