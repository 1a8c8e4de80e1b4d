import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { PullPlace } from '../detect/pull/pull-model.ts';
import { getModel, type ModelEntry, toModelPlaces } from '../detect/registry.ts';
import { findWeights } from '../detect/weights.ts';
import { ServiceError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { createProgress, type Progress } from './progress.ts';

/** Options of `rivage models pull`. */
export interface PullWish {
  readonly from?: string;
  readonly mirror?: string;
}

/** `rivage models pull`: brings the weights of models, one after the other. */
export async function pullModels(ids: readonly string[], wish: PullWish, context: CliContext): Promise<void> {
  const places = toModelPlaces(context.config);
  // all names are known before the first byte is fetched
  const named = await Promise.all([...new Set(ids)].map((id) => getModel(id, places)));
  const models = named.flatMap((model) => (model.check ? [model, model.check] : [model]));
  const { place, close } = await openPlace(wish, context);
  try {
    for (const model of models) await pullOne(model, place, context);
  } finally {
    await close();
  }
}

async function pullOne(model: ModelEntry, place: PullPlace, context: CliContext): Promise<void> {
  const { say, print, signal } = context;
  const { bytesOf, findMissing, pullModel } = await import('../detect/pull/pull-model.ts');
  const { id } = model.manifest;
  if ((await findWeights(model)).every(({ weight }) => !('url' in weight.from))) {
    print(
      say({ en: `${id}: comes with Rivage, nothing to pull`, fr: `${id} : fourni avec Rivage, rien à télécharger` }),
    );
    return;
  }
  const missing = await findMissing(model);
  if (missing.length === 0) {
    print(say({ en: `${id}: already here, as tested`, fr: `${id} : déjà là, conforme` }));
    return;
  }
  const total = missing.reduce((sum, one) => sum + bytesOf(one), 0);
  let bar: Progress | undefined;
  let shown = 0;
  const onBytes = (bytes: number) => {
    if (bar) bar.advance(bytes - shown);
    else bar = createProgress(context, total, { en: id, fr: id }, { unit: 'bytes', from: bytes });
    shown = bytes;
  };
  await pullModel(model, missing, place, {
    signal,
    onBytes,
    onWait: () =>
      print(
        say({
          en: `${id}: another pull has it in hand, waiting`,
          fr: `${id} : un autre téléchargement l'a en main, attente`,
        }),
      ),
    onRetry: (why) => {
      bar?.stop();
      bar = undefined;
      print(say({ en: `${id}: ${why.en}; trying again`, fr: `${id} : ${why.fr} ; nouvel essai` }));
    },
  }).finally(() => bar?.stop());
  print(say({ en: `${id}: pulled, as tested`, fr: `${id} : téléchargé, conforme` }));
}

/** A folder needs no network, and then the library for it is not loaded: that takes 0.2 s. */
async function openPlace(
  { from, mirror }: PullWish,
  { config, cwd }: CliContext,
): Promise<{ readonly place: PullPlace; readonly close: () => Promise<void> }> {
  if (from !== undefined) {
    if (mirror !== undefined) {
      const why = { en: '--from names the place already', fr: "--from indique déjà l'endroit" };
      throw new ServiceError('option-misplaced', { option: '--mirror', why });
    }
    return {
      place: { kind: 'folder', folder: await findFolder(path.resolve(cwd, from)) },
      close: async () => undefined,
    };
  }
  const address = mirror ?? config.modelsMirror;
  const base = address === undefined ? undefined : parseMirror(address, mirror ? '--mirror' : 'RIVAGE_MODELS_MIRROR');
  const { openHttpClient } = await import('../detect/pull/pull-http.ts');
  const client = openHttpClient(config.proxy);
  return { place: base ? { kind: 'mirror', base, client } : { kind: 'origin', client }, close: client.close };
}

async function findFolder(folder: string): Promise<string> {
  const info = await stat(folder).catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: folder, why: String(cause) }, { cause });
  });
  if (info.isDirectory()) return folder;
  throw new ServiceError('bad-option', {
    ...{ option: '--from', value: folder },
    why: { en: 'a folder is needed, not a file', fr: "c'est un dossier qu'il faut, pas un fichier" },
  });
}

function parseMirror(value: string, option: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  const why = {
    en: 'an address that begins with https:// or http:// is needed; for a folder use --from',
    fr: 'il faut une adresse qui commence par https:// ou http:// ; pour un dossier, --from',
  };
  throw new ServiceError('bad-option', { option, value, why });
}
