import path from 'node:path';
import { type FreeGroup, freeGroups } from '../calibrate/free.ts';
import { ServiceError } from '../errors.ts';
import { z } from '../schema.ts';
import { findEpsgFault } from './epsg.ts';
import { type Faults, findMissingFile, type WrittenFile } from './written-file.ts';

/** Ground control points of a camera, and from when to when they hold: a camera that was knocked has new ones. */
export interface GcpSource {
  /** Absolute path of the CSV. */
  readonly file: string;
  /** CRS of its x, y columns. */
  readonly epsg: number;
  /** Absolute path of the photo that they were clicked in; undefined: not told, so drift cannot be measured. */
  readonly photo: string | undefined;
  /** What to solve; undefined: what so many points can carry. */
  readonly free: readonly FreeGroup[] | undefined;
  /** Undefined: since the camera hangs there. */
  readonly validFrom: Date | undefined;
  /** Not included; undefined: until the next ones begin. */
  readonly validTo: Date | undefined;
}

const instant = z.iso.datetime({ offset: true }).optional();
const gcpSourceSchema = z.strictObject({
  file: z.string().min(1),
  epsg: z.int(),
  photo: z.string().min(1).optional(),
  free: z.array(z.enum(freeGroups)).min(1).optional(),
  validFrom: instant,
  validTo: instant,
});

/** One set of GCPs, or several, each with the time that it holds. */
export const gcpSourcesSchema = z.union([gcpSourceSchema, z.array(gcpSourceSchema)]).optional();
type Written = z.output<typeof gcpSourcesSchema>;

/** The sources as a list; none: the camera is not calibrated yet. */
export function toGcpSources(written: Written, folder: string): readonly GcpSource[] {
  return listSources(written).map(({ file, epsg, photo, free, validFrom, validTo }) => ({
    file: path.resolve(folder, file),
    epsg,
    photo: photo === undefined ? undefined : path.resolve(folder, photo),
    free,
    validFrom: validFrom === undefined ? undefined : new Date(validFrom),
    validTo: validTo === undefined ? undefined : new Date(validTo),
  }));
}

function listSources(written: Written) {
  if (!written) return [];
  return Array.isArray(written) ? written : [written];
}

/** What is wrong with the sources of a camera's file. */
export async function findGcpSourceFaults(
  sources: readonly GcpSource[],
  { file, lineAt, value: { gcps } }: WrittenFile<{ gcps?: Written }>,
): Promise<Faults> {
  const faults: (ServiceError | undefined)[] = [];
  for (const [at, source] of sources.entries()) {
    const written = listSources(gcps)[at];
    const lineOf = (key: string) => lineAt(Array.isArray(gcps) ? ['gcps', at, key] : ['gcps', key]);
    faults.push(findEpsgFault(source.epsg, 'any', file, lineOf('epsg')));
    faults.push(await findMissingFile(source.file, { file, line: lineOf('file'), named: written?.file ?? '' }));
    if (source.photo) {
      faults.push(await findMissingFile(source.photo, { file, line: lineOf('photo'), named: written?.photo ?? '' }));
    }
    faults.push(findSpanFault(sources, at, file, lineOf('validFrom')));
  }
  return faults.filter((fault) => fault !== undefined);
}

function findSpanFault(
  sources: readonly GcpSource[],
  at: number,
  file: string,
  line: number,
): ServiceError | undefined {
  const { validFrom, validTo } = sources[at] ?? {};
  if (validFrom && validTo && validTo <= validFrom) {
    const why = { en: 'validTo is not after validFrom', fr: "validTo n'est pas après validFrom" };
    const mend = { en: 'Correct one of them.', fr: "Corrigez l'un des deux." };
    return new ServiceError('file-invalid', { file, line, why, mend });
  }
  const twin = sources.findIndex((other) => other.validFrom?.getTime() === validFrom?.getTime());
  if (twin === at) return undefined;
  const why = {
    en: 'two sets of ground control points begin at the same time',
    fr: "deux jeux de points d'appui commencent au même moment",
  };
  const mend = {
    en: 'Give each its own validFrom (at most one may have none).',
    fr: 'Donnez à chacun son validFrom (un seul peut ne pas en avoir).',
  };
  return new ServiceError('file-invalid', { file, line, why, mend });
}
