import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import type { ModelEntry } from '../detect/registry.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import { examine, type Finding, plain } from './finding.ts';

type MachineConfig = Pick<
  Config,
  'port' | 'modelsFolder' | 'weightsFolder' | 'executionProvider' | 'detectThreads' | 'cacheFolder'
>;

/** Checks what Rivage needs of the machine, whatever the workspace. Adapters are loaded here, so that one that is broken is told. */
export async function examineMachine(wish: {
  readonly modelId: string | undefined;
  readonly folder: string;
  readonly config: MachineConfig;
}): Promise<readonly Finding[]> {
  return [
    await examine({ en: 'Node', fr: 'Node' }, async () => examineNode(process.versions.node)),
    await examine({ en: 'pictures (sharp)', fr: 'images (sharp)' }, examinePictures),
    await examine({ en: 'detector', fr: 'détecteur' }, () => examineDetector(wish.modelId, wish.config)),
    await examine({ en: 'models', fr: 'modèles' }, () => examineModels(wish.config)),
    await examine({ en: 'port', fr: 'port' }, () => examinePort(wish.config.port)),
    await examine({ en: 'disk', fr: 'disque' }, () => examineDisk(wish.folder)),
  ];
}

/** Whether a Node version is 20.19 or above. */
export function examineNode(version: string): Omit<Finding, 'check'> {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return { state: 'ok', text: plain(version) };
  const text = {
    en: `${version} is too old. Install Node 20.19 or newer.`,
    fr: `${version} est trop ancien. Installez Node 20.19 ou plus récent.`,
  };
  return { state: 'fail', text };
}

async function examinePictures(): Promise<Omit<Finding, 'check'>> {
  const { decodePicture, encodeJpeg } = await importAdapter('sharp', () => import('../picture/codec.ts'));
  const sizePx = { widthPx: 8, heightPx: 8 };
  await decodePicture(await encodeJpeg({ sizePx, rgb: new Uint8Array(8 * 8 * 3) }));
  return { state: 'ok', text: { en: 'writes and reads a JPEG', fr: 'écrit et lit un JPEG' } };
}

async function examineDetector(modelId: string | undefined, config: MachineConfig): Promise<Omit<Finding, 'check'>> {
  const { getModel, toModelPlaces } = await import('../detect/registry.ts');
  const model = await getModel(modelId, toModelPlaces(config));
  await importAdapter('onnxruntime-node', () => import('../detect/network/onnx-session.ts'));
  const { createOnnxDetector } = await import('../detect/onnx.ts');
  const detector = await createOnnxDetector(model, 1, config.executionProvider);
  await detector.close();
  const { id, version } = model.manifest;
  const threads = await describeThreads(model, config);
  const text = {
    en: `${id} ${version}: weights as tested, network loads; ${threads.en}`,
    fr: `${id} ${version} : poids conformes, réseau chargé ; ${threads.fr}`,
  };
  return { state: 'ok', text };
}

async function describeThreads(
  model: ModelEntry,
  { detectThreads, executionProvider, cacheFolder }: MachineConfig,
): Promise<Bilingual> {
  if (detectThreads !== undefined) return plain(`RIVAGE_DETECT_THREADS ${detectThreads}`);
  if (executionProvider !== 'cpu') return plain(executionProvider);
  const { findThreads, threadsFile } = await import('../detect/network/measured-threads.ts');
  const choice = await findThreads(model, cacheFolder);
  if (!choice) {
    return {
      en: 'how many threads are best is measured at the first run',
      fr: "le meilleur nombre de fils d'exécution est mesuré à la première exécution",
    };
  }
  const { threads, timings } = choice;
  const list = timings.map(({ threads: tried, ms }) => `${tried}: ${ms.toFixed(0)} ms`).join(', ');
  return {
    en: `${threads} threads, as measured (${list}; ${threadsFile(cacheFolder)})`,
    fr: `${threads} fils d'exécution, comme mesuré (${list} ; ${threadsFile(cacheFolder)})`,
  };
}

async function examineModels(config: Pick<Config, 'modelsFolder' | 'weightsFolder'>): Promise<Omit<Finding, 'check'>> {
  const { listModels, toModelPlaces } = await import('../detect/registry.ts');
  const { findState } = await import('../detect/weights.ts');
  const models = await listModels(toModelPlaces(config));
  const states = await Promise.all(models.map(async (model) => ({ model, state: await findState(model, true) })));
  const idsOf = (...wanted: readonly string[]) =>
    states.flatMap(({ model, state }) => (wanted.includes(state) ? [model.manifest.id] : [])).join(', ') || '–';
  const [here, damaged] = [idsOf('ready', 'pulled'), idsOf('damaged')];
  if (damaged === '–') return { state: 'ok', text: { en: `here: ${here}`, fr: `présents : ${here}` } };
  const text = {
    en: `here: ${here}; damaged: ${damaged}. rivage models verify says what to do.`,
    fr: `présents : ${here} ; endommagés : ${damaged}. rivage models verify dit quoi faire.`,
  };
  return { state: 'warn', text };
}

async function importAdapter<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new ServiceError('package-broken', { package: name, why }, { cause });
  }
}

async function examinePort(port: number): Promise<Omit<Finding, 'check'>> {
  const isFree = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  if (isFree) return { state: 'ok', text: { en: `${port} is free`, fr: `${port} est libre` } };
  const text = {
    en: `${port} is in use, perhaps by rivage serve. If not, choose another with RIVAGE_PORT.`,
    fr: `${port} est occupé, peut-être par rivage serve. Sinon, choisissez-en un autre avec RIVAGE_PORT.`,
  };
  return { state: 'warn', text };
}

async function examineDisk(folder: string): Promise<Omit<Finding, 'check'>> {
  const { bavail, bsize } = await statfs(folder);
  const gigabytes = (bavail * bsize) / 1e9;
  const left = { en: `${gigabytes.toFixed(1)} GB free`, fr: `${gigabytes.toFixed(1)} Go libres` };
  if (gigabytes >= 5) return { state: 'ok', text: left };
  const text = {
    en: `${left.en}: a season of one camera takes 20 to 100 GB. Make room.`,
    fr: `${left.fr} : une saison d'un appareil prend 20 à 100 Go. Faites de la place.`,
  };
  return { state: gigabytes < 0.5 ? 'fail' : 'warn', text };
}
