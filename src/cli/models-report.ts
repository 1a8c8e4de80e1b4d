import { foundLabels, isDetector, type Manifest, toModelId } from '../detect/manifest.ts';
import type { ModelEntry } from '../detect/registry.ts';
import type { ModelState, WeightFile } from '../detect/weights.ts';
import { describeConfidence } from './confidence/report.ts';
import type { CliContext } from './context.ts';

type Say = Pick<CliContext, 'say'>;

/** A model with what is known of its weights. */
export interface FoundModel {
  readonly model: ModelEntry;
  readonly weights: readonly WeightFile[];
  readonly state: ModelState;
}

/** A weight file with the SHA-256 that it has; undefined: it cannot be read. */
export interface CheckedWeight extends WeightFile {
  readonly found: string | undefined;
  readonly state: ModelState;
}

/** Size of weight files, bytes: as they lie there, or as the manifest says; null where neither is known. */
export function sizeOf(weights: readonly WeightFile[]): number | null {
  const sizes = weights.map(({ weight, bytes }) => ('url' in weight.from ? weight.from.bytes : bytes));
  return sizes.reduce<number | null>((sum, each) => (sum === null || each === undefined ? null : sum + each), 0);
}

/** `rivage models list`: a line a model, the default one marked. */
export function listLines(rows: readonly FoundModel[], { say }: Say): readonly string[] {
  const head = [
    '',
    'id',
    'version',
    say({ en: 'size', fr: 'taille' }),
    say({ en: 'state', fr: 'état' }),
    say({ en: 'finds', fr: 'trouve' }),
    say({ en: 'licence', fr: 'licence' }),
  ];
  const cells = rows.map(({ model: { manifest }, weights, state }) => [
    manifest.default ? '*' : '',
    manifest.id,
    manifest.version,
    saySize(sizeOf(weights), { say }),
    sayState(state, { say }),
    sayFinds(manifest, { say }),
    cut(manifest.licence, 48),
  ]);
  const all = [head, ...cells];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', say({ en: '* used when no other is named', fr: "* utilisé quand aucun autre n'est nommé" })];
}

/** `rivage models info`. */
export function describeModel(
  { model, weights, state, card }: FoundModel & { readonly card: string | undefined },
  { say }: Say,
): readonly string[] {
  const { manifest, folder } = model;
  const { input, slice, decoder } = manifest;
  const thorough = say({ en: ', three scales', fr: ', trois échelles' });
  const thresholds = Object.entries(manifest.thresholds).map(([label, from]) => `${label} ≥ ${from}`);
  const finds = isDetector(manifest) ? thresholds.join(', ') : sayFinds(manifest, { say });
  const rows: readonly (readonly [string, string])[] = [
    [say({ en: 'name', fr: 'nom' }), manifest.name],
    [
      'id',
      `${manifest.id} ${manifest.version}${manifest.default ? say({ en: ' (default)', fr: ' (par défaut)' }) : ''}`,
    ],
    [say({ en: 'state', fr: 'état' }), sayState(state, { say })],
    ['licence', manifest.licence],
    ['source', manifest.source],
    [say({ en: 'finds', fr: 'trouve' }), finds],
    ...sayCheck(model, { say }),
    [say({ en: 'input', fr: 'entrée' }), `${input.widthPx} × ${input.heightPx} px`],
    ...(isDetector(manifest)
      ? [
          [
            say({ en: 'slice', fr: 'fenêtre' }),
            `${slice.sidePx} px${slice.look === 'thorough' ? thorough : ''}`,
          ] as const,
        ]
      : []),
    [say({ en: 'decoder', fr: 'décodeur' }), `${manifest.format}, ${decoder.kind}`],
    [say({ en: 'folder', fr: 'dossier' }), folder],
    [say({ en: 'card', fr: 'fiche' }), card ?? say({ en: 'none', fr: 'aucune' })],
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  const files = weights.flatMap((one) => [
    `  ${one.name}  ${saySize(sizeOf([one]), { say })}  SHA-256 ${one.weight.sha256}`,
    `    ${one.bytes === undefined ? sayOrigin(one, { say }) : one.file}`,
  ]);
  const head = say({ en: 'weights', fr: 'poids' });
  const { confidence } = manifest;
  const taught = confidence ? describeConfidence({ ...manifest, confidence }, say) : [];
  return [...rows.map(([title, text]) => `${title.padEnd(width)}  ${text}`), head, ...files, ...taught];
}

/** `rivage models verify`: a line a weight file. */
export function verifyLines(
  { model, weights }: { readonly model: ModelEntry; readonly weights: readonly CheckedWeight[] },
  { say }: Say,
): readonly string[] {
  const marks = { ready: '✓', pulled: '✓', 'not-pulled': '–', damaged: '✗' } as const;
  return weights.map(({ name, file, bytes, found, state }) => {
    const line = `${marks[state]} ${model.manifest.id}  ${name}  `;
    if (state === 'not-pulled') return line + sayState(state, { say });
    if (state !== 'damaged') return line + say({ en: 'as tested', fr: 'conforme' });
    if (bytes === undefined) return line + say({ en: `missing: ${file}`, fr: `absent : ${file}` });
    const sum = found ?? '–';
    return line + say({ en: `not as tested: ${file} (SHA-256 ${sum})`, fr: `non conforme : ${file} (SHA-256 ${sum})` });
  });
}

/** `rivage models info` has all of it. */
function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A classifier finds nothing by itself; what it tells apart says what it is for. */
function sayFinds(manifest: Manifest, { say }: Say): string {
  if (isDetector(manifest)) return foundLabels(manifest).join(', ');
  const classes = cut(manifest.classes.join(', '), 48);
  return say({ en: `checks crops: ${classes}`, fr: `vérifie des extraits : ${classes}` });
}

/** Which model checks this one's finds, and for what. */
function sayCheck({ manifest, check }: ModelEntry, { say }: Say): readonly (readonly [string, string])[] {
  if (!manifest.check) return [];
  const labels = Object.values(manifest.check.labels).join(', ');
  const wrong = say({ en: ', which is not here', fr: ", qui n'est pas ici" });
  const isHere = check && toModelId(check.manifest) === manifest.check.model;
  return [[say({ en: 'check', fr: 'contrôle' }), `${manifest.check.model}${isHere ? '' : wrong}: ${labels}`]];
}

function sayState(state: ModelState, { say }: Say): string {
  const texts = {
    ready: { en: 'ready', fr: 'prêt' },
    pulled: { en: 'pulled', fr: 'téléchargé' },
    'not-pulled': { en: 'not pulled', fr: 'non téléchargé' },
    damaged: { en: 'damaged', fr: 'endommagé' },
  };
  return say(texts[state]);
}

function saySize(bytes: number | null, { say }: Say): string {
  if (bytes === null) return '–';
  const megabytes = (bytes / 1e6).toFixed(1);
  return say({ en: `${megabytes} MB`, fr: `${megabytes} Mo` });
}

function sayOrigin({ weight: { from }, file }: WeightFile, { say }: Say): string {
  if ('url' in from) return say({ en: `to be pulled from ${from.url}`, fr: `à télécharger : ${from.url}` });
  return say({ en: `missing: ${file}`, fr: `absent : ${file}` });
}
