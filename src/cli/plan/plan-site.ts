import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { foundLabels, toModelId } from '../../detect/manifest.ts';
import { getModel, toModelPlaces } from '../../detect/registry.ts';
import { ServiceError } from '../../errors.ts';
import type { SizeLimits } from '../../plan/coverage.ts';
import type { CliContext } from '../context.ts';
import { type Table, toLines, toMarkdown } from '../evaluation/tables.ts';
import { writePicture } from '../write-picture.ts';
import { drawSite } from './draw-site.ts';
import { type ReadSite, readSite } from './read-site.ts';
import { toSiteGeojson } from './site-geojson.ts';
import { addSiteOptions, type SiteOptions } from './site-options.ts';
import { planSite, type SiteReport } from './site-report.ts';
import { ringTable, sayMend, sayParts, saySite, sunTable, zoneTable } from './site-table.ts';

/** `rivage plan site`: what a camera would see, before it is put up. */
export function registerPlanSite(plan: Command, context: CliContext): void {
  const { say } = context;
  const command = plan
    .command('site')
    .summary(say({ en: 'what a camera would see from there', fr: "ce qu'un appareil verrait de là" }))
    .description(
      say({
        en: 'Says what ground a camera would see, how large people and tents would look on it, how much of each zone the model would find them in, and when the sun would face the lens. A site that the sun faces in the hours asked for (--hours) is refused.',
        fr: "Dit quel sol un appareil verrait, quelle taille y auraient personnes et tentes, dans quelle part de chaque zone le modèle les trouverait, et quand le soleil ferait face à l'objectif. Un site auquel le soleil fait face aux heures demandées (--hours) est refusé.",
      }),
    );
  addSiteOptions(command, context).action((options: SiteOptions) => runSite(options, context));
}

async function runSite(options: SiteOptions, context: CliContext): Promise<void> {
  const read = await readSite(options, context.cwd);
  const { model, limits } = await chooseLimits(read, options, context);
  const time = {
    ...{ months: options.months, hours: options.hours ?? ([0, 24] as const), year: new Date().getUTCFullYear() },
    timeZone: read.lake?.timeZone ?? options.timeZone,
  };
  const mostSun = options.hours === undefined ? undefined : options.mostSun / 100;
  const { site, report } = planSite(read, { model, limits, time, mostSun });
  const tables = [zoneTable, ringTable, sunTable].map((table) => table(report, context.say));
  if (options.json) context.print(JSON.stringify(report, null, 1));
  else for (const line of describe(report, tables, context)) context.print(line);
  if (options.out !== undefined) {
    const folder = path.resolve(context.cwd, options.out);
    await writeText(folder, 'site.geojson', JSON.stringify(toSiteGeojson(site, report, read.zones)));
    await writeText(folder, 'site.md', toDocument(report, tables, context));
    const { headingDeg } = report.camera;
    const title = `${options.pose.kind === 'mounted' ? options.pose.cameraId : sayPlace(report)}, ${headingDeg}°, ${model.replace('@', ' ')}`;
    const picture = await drawSite(site, { ...read, title, language: context.config.language });
    await writePicture(path.join(folder, 'site.png'), picture);
  }
  if (report.refusal) throw refuse(report.refusal);
}

async function chooseLimits({ model: own }: ReadSite, options: SiteOptions, context: CliContext) {
  const { manifest } = await getModel(options.model ?? own, toModelPlaces(context.config));
  const { findsFromPx = {} } = manifest;
  const finds = (label: string) => (foundLabels(manifest).includes(label) ? findsFromPx[label] : undefined);
  const limits: SizeLimits = {
    person: options.personPx ?? finds('person'),
    tent: options.tentPx ?? finds('tent'),
  };
  return { model: toModelId(manifest), limits };
}

function describe(report: SiteReport, tables: readonly Table[], { say }: CliContext): readonly string[] {
  return [...tables.flatMap((table) => [...toLines(table), '']), ...saySite(report, say)];
}

function toDocument(report: SiteReport, tables: readonly Table[], { say }: CliContext): string {
  const parts = [...saySite(report, say), ...tables.map((table) => toMarkdown(table).join('\n'))];
  return `# ${sayPlace(report)}\n\n![](site.png)\n\n${parts.join('\n\n')}\n`;
}

function sayPlace({ camera: { lng, lat } }: SiteReport): string {
  return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
}

function refuse(refusal: NonNullable<SiteReport['refusal']>): ServiceError {
  const { worst, most } = refusal;
  return new ServiceError('site-faces-sun', {
    share: Math.round(100 * worst.faces),
    month: worst.month,
    most: Math.round(100 * most),
    time: sayParts(worst.facesAt),
    mend: sayMend(refusal),
  });
}

async function writeText(folder: string, name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  const written = mkdir(folder, { recursive: true }).then(() => writeFile(file, text));
  await written.catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-not-written', { file, why }, { cause });
  });
}
