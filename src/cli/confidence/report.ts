import type { Confidence, ConfidenceRule, LabelConfidence } from '../../detect/confidence/manifest-confidence.ts';
import { foundLabels, type Manifest } from '../../detect/manifest.ts';
import { type Say, type Table, toLines, toMarkdown, withInterval } from '../evaluation/tables.ts';

type Calibrated = Manifest & { readonly confidence: Confidence };

/** What `rivage models info` and `calibrate` say of a confidence: a head, then its labels with their figures. */
export function describeConfidence({ confidence, thresholds }: Calibrated, say: Say): readonly string[] {
  return [
    `${say({ en: 'confidence', fr: 'confiance' })}: ${sayOrigin(confidence, say)}`,
    ...Object.entries(confidence.labels).flatMap(([label, of]) => [
      `  ${label}: ${sayRule(of, say)}; ${sayShown(thresholds[label], say)}`,
      ...toLines(figureTable(of, say)).map((line) => `    ${line}`),
      ...toLines(reliabilityTable(of, say)).map((line) => `    ${line}`),
    ]),
  ];
}

/** The MODEL_CARD.md of a model whose confidence was calibrated. */
export function toCard(manifest: Calibrated, say: Say): string {
  const { id, confidence, thresholds } = manifest;
  const kept = foundLabels(manifest).filter((label) => !(label in confidence.labels));
  return [
    `# ${id}`,
    '',
    say({
      en: `The network of ${confidence.model}, with confidences that are probabilities: of the boxes at 0.4, about 40 % were right on labelled photos like these. "Right" means: marked by whoever labelled them. For other cameras and seasons it holds only as far as they resemble these.`,
      fr: `Le réseau de ${confidence.model}, dont les confiances sont des probabilités : parmi les boîtes à 0,4, environ 40 % étaient justes sur des photos étiquetées comme celles-ci. « Juste » signifie : marqué par la personne qui les a étiquetées. Pour d'autres appareils et saisons, cela ne vaut que dans la mesure où ils leur ressemblent.`,
    }),
    '',
    `${sayOrigin(confidence, say)}.`,
    ...(kept.length > 0
      ? [
          '',
          say({
            en: `Not judged, as the network gives it: ${kept.join(', ')}.`,
            fr: `Non jugé, tel que le réseau le donne : ${kept.join(', ')}.`,
          }),
        ]
      : []),
    ...Object.entries(confidence.labels).flatMap(([label, of]) => [
      '',
      `## ${label}`,
      '',
      `${sayRule(of, say)}; ${sayShown(thresholds[label], say)}.`,
      '',
      ...toMarkdown(figureTable(of, say)),
      '',
      ...toMarkdown(reliabilityTable(of, say)),
    ]),
    '',
  ].join('\n');
}

function sayOrigin({ model, dataset, date, from }: Confidence, say: Say): string {
  const { name, format, photos } = dataset;
  return say({
    en: `of ${model}, taught by ${name} (${format}, ${photos} photos) on ${date}, boxes of ${from} and more`,
    fr: `de ${model}, apprise sur ${name} (${format}, ${photos} photos) le ${date}, boîtes de ${from} et plus`,
  });
}

function sayRule(of: LabelConfidence, say: Say): string {
  const { boxes, right } = of;
  const judged = say({
    en: `${boxes} boxes judged, ${right} right`,
    fr: `${boxes} boîtes jugées, ${right} justes`,
  });
  return `${sayMethod(of, say)}; ${judged}`;
}

function sayMethod({ rule, place }: LabelConfidence, say: Say): string {
  const plain = sayPlain(rule, say);
  if (!place) return plain;
  const size = `${place.photo.widthPx} × ${place.photo.heightPx} px`;
  return say({
    en: `by size and place on photos of ${size}, else ${plain}`,
    fr: `selon taille et lieu sur les photos de ${size}, sinon ${plain}`,
  });
}

function sayPlain(rule: ConfidenceRule, say: Say): string {
  if (rule.method === 'isotonic') {
    const { length } = rule.knots;
    return say({ en: `isotonic, ${length} knots`, fr: `isotonique, ${length} nœuds` });
  }
  const { slope, offset } = rule;
  const signed = `${offset < 0 ? '−' : '+'} ${Math.abs(offset)}`;
  return say({ en: `sigmoid, ${slope} · logit ${signed}`, fr: `sigmoïde, ${slope} · logit ${signed}` });
}

function sayShown(threshold: number | undefined, say: Say): string {
  return say({ en: `shown from ${threshold ?? 0}`, fr: `montré à partir de ${threshold ?? 0}` });
}

/** Figures of the network's confidence and of the rule's. */
function figureTable({ logLoss, ece, f1, countShareOff }: LabelConfidence, say: Say): Table {
  const head = [
    say({ en: 'on photos left out', fr: 'sur des photos exclues' }),
    say({ en: "the network's", fr: 'du réseau' }),
    say({ en: 'by the rule', fr: 'par la règle' }),
  ];
  const named = [
    [say({ en: 'log loss', fr: 'perte log.' }), logLoss],
    ['ECE', ece],
    [say({ en: 'F1, threshold of the others', fr: 'F1, seuil des autres' }), f1],
    [say({ en: 'counts there, Σ|Δ| / Σ', fr: 'comptes à ce seuil, Σ|Δ| / Σ' }), countShareOff],
  ] as const;
  const rows = named.flatMap(([name, of]) => (of ? [[name, withInterval(of.before), withInterval(of.after)]] : []));
  return { head, rows };
}

function reliabilityTable({ reliability }: LabelConfidence, say: Say): Table {
  const head = [
    say({ en: 'probability said', fr: 'probabilité annoncée' }),
    say({ en: 'boxes', fr: 'boîtes' }),
    say({ en: 'mean said', fr: 'moyenne annoncée' }),
    say({ en: 'right', fr: 'justes' }),
  ];
  const rows = reliability.map(({ from, to, boxes, said, right }) => [
    `${from.toFixed(1)}–${to.toFixed(1)}`,
    String(boxes),
    said.toFixed(3),
    right.toFixed(3),
  ]);
  return { head, rows };
}
