import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { foundLabels, isDetector, toModelId } from '../detect/manifest.ts';
import { getModel, listModels, type ModelEntry, toModelPlaces } from '../detect/registry.ts';
import { findState, findWeights, hashWeight, mendOf, type WeightFile } from '../detect/weights.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { registerModelsCalibrate } from './models-calibrate.ts';
import { type PullWish, pullModels } from './models-pull.ts';
import { type CheckedWeight, describeModel, listLines, sizeOf, verifyLines } from './models-report.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** `rivage models`: which networks there are, and getting their weights. */
export function registerModels(program: Command, context: CliContext): void {
  const { say } = context;
  const models = program
    .command('models')
    .summary(say({ en: 'networks: list them, get their weights', fr: 'réseaux : les lister, obtenir leurs poids' }));
  const json = say({ en: 'answer as JSON', fr: 'répondre en JSON' });
  models
    .command('list')
    .summary(say({ en: 'the models, and whether they are here', fr: "les modèles, et s'ils sont ici" }))
    .option('--json', json)
    .action((options: JsonOption) => list(options, context));
  models
    .command('info <id>')
    .summary(say({ en: 'all about one model', fr: 'tout sur un modèle' }))
    .option('--json', json)
    .action((id: string, options: JsonOption) => info(id, options, context));
  models
    .command('verify [id...]')
    .summary(say({ en: 'check weights by their SHA-256', fr: 'vérifier les poids par leur SHA-256' }))
    .option('--json', json)
    .action((ids: readonly string[], options: JsonOption) => verify(ids, options, context));
  registerPull(models, context);
  registerModelsCalibrate(models, context);
}

function registerPull(models: Command, context: CliContext): void {
  const { say } = context;
  models
    .command('pull <id...>')
    .summary(say({ en: 'get the weights of models', fr: 'obtenir les poids de modèles' }))
    .description(
      say({
        en: 'Gets weights from the address in the manifest, a mirror or a folder, and checks them. Goes on where it stopped. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are honoured.',
        fr: "Obtient les poids à l'adresse du manifeste, sur un miroir ou dans un dossier, et les vérifie. Reprend où il s'est arrêté. HTTPS_PROXY, HTTP_PROXY et NO_PROXY sont pris en compte.",
      }),
    )
    .option(
      '--from <folder>',
      say({
        en: 'take the files from there, by SHA-256 or name: a USB stick',
        fr: 'prendre les fichiers là, par SHA-256 ou par nom : une clé USB',
      }),
    )
    .option(
      '--mirror <url>',
      say({
        en: 'fetch <url>/<SHA-256>, <url>/<id>/<name> or <url>/<name> (RIVAGE_MODELS_MIRROR)',
        fr: 'chercher <url>/<SHA-256>, <url>/<id>/<nom> ou <url>/<nom> (RIVAGE_MODELS_MIRROR)',
      }),
    )
    .addHelpText(
      'after',
      '\n  rivage models pull yolox-tiny\n  rivage models pull yolox-tiny --from /media/usb\n  rivage models pull yolox-tiny --mirror https://mirror.example.org/rivage/',
    )
    .action((ids: readonly string[], wish: PullWish) => pullModels(ids, wish, context));
}

async function list({ json }: JsonOption, context: CliContext): Promise<void> {
  const models = await listModels(toModelPlaces(context.config));
  const rows = await Promise.all(
    models.map(async (model) => ({ model, state: await findState(model, true), weights: await findWeights(model) })),
  );
  if (!json) {
    for (const line of listLines(rows, context)) context.print(line);
    return;
  }
  const answer = rows.map(({ model: { manifest }, state, weights }) => ({
    id: manifest.id,
    version: manifest.version,
    name: manifest.name,
    licence: manifest.licence,
    kind: isDetector(manifest) ? 'detector' : 'classifier',
    labels: foundLabels(manifest),
    ...(manifest.check && { check: manifest.check.model }),
    bytes: sizeOf(weights),
    state,
    default: manifest.default,
  }));
  context.print(JSON.stringify(answer, null, 2));
}

async function info(id: string, { json }: JsonOption, context: CliContext): Promise<void> {
  const model = await getModel(id, toModelPlaces(context.config));
  const weights = await findWeights(model);
  const state = await findState(model, true);
  const card = await findCard(model);
  if (!json) {
    for (const line of describeModel({ model, weights, state, card }, context)) context.print(line);
    return;
  }
  const { manifest, folder } = model;
  const files = weights.map(({ weight, name, file, bytes }) => ({
    name,
    file: bytes === undefined ? null : file,
    bytes: sizeOf([{ weight, name, file, bytes }]),
    sha256: weight.sha256,
    from: weight.from,
  }));
  const answer = { modelId: toModelId(manifest), state, folder, card: card ?? null, files, manifest };
  context.print(JSON.stringify(answer, null, 2));
}

async function verify(ids: readonly string[], { json }: JsonOption, context: CliContext): Promise<void> {
  const places = toModelPlaces(context.config);
  const models = ids.length > 0 ? await Promise.all(ids.map((id) => getModel(id, places))) : await listModels(places);
  const checked = await Promise.all(
    models.map(async (model) => ({ model, weights: await Promise.all((await findWeights(model)).map(checkWeight)) })),
  );
  if (json) {
    const answer = checked.map(({ model, weights }) => ({ id: model.manifest.id, files: weights.map(checkedToJson) }));
    context.print(JSON.stringify(answer, null, 2));
  } else for (const line of checked.flatMap((one) => verifyLines(one, context))) context.print(line);
  refuseDamaged(checked, ids);
}

async function checkWeight(one: WeightFile): Promise<CheckedWeight> {
  if (one.bytes === undefined)
    return { ...one, found: undefined, state: 'url' in one.weight.from ? 'not-pulled' : 'damaged' };
  const found = await hashWeight(one.file).catch(() => undefined);
  if (found !== one.weight.sha256) return { ...one, found, state: 'damaged' };
  return { ...one, found, state: 'url' in one.weight.from ? 'pulled' : 'ready' };
}

function checkedToJson({ name, file, weight, found, state }: CheckedWeight) {
  return { name, file, expected: weight.sha256, found: found ?? null, state };
}

/** What is damaged is a failure; what is not pulled is one where it was asked for by name. */
function refuseDamaged(
  checked: readonly { readonly model: ModelEntry; readonly weights: readonly CheckedWeight[] }[],
  named: readonly string[],
): void {
  const bad = checked.flatMap(({ model, weights }) => {
    const first = weights.find(({ state }) => state === 'damaged');
    return first ? [{ id: model.manifest.id, mend: mendOf(first.weight, model) }] : [];
  });
  const [first] = bad;
  if (first) {
    const mends = [...new Map(bad.map(({ mend }) => [mend.en, mend])).values()];
    const mend: Bilingual = { en: mends.map(({ en }) => en).join(' '), fr: mends.map(({ fr }) => fr).join(' ') };
    throw new ServiceError('models-damaged', { ids: bad.map(({ id }) => id).join(', '), mend });
  }
  const absent = checked.find(({ weights }) => weights.some(({ state }) => state === 'not-pulled'));
  if (absent && named.length > 0) throw new ServiceError('model-not-pulled', { id: absent.model.manifest.id });
}

async function findCard({ folder }: ModelEntry): Promise<string | undefined> {
  const card = path.join(folder, 'MODEL_CARD.md');
  return access(card).then(
    () => card,
    () => undefined,
  );
}
