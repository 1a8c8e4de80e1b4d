import { type Bilingual, ServiceError } from '../errors.ts';

/** The QGIS project that a workspace keeps for everybody who opens it. */
export interface ProjectFile {
  /** Bytes of the .qgz; undefined: none is stored. */
  read(): Promise<Uint8Array | undefined>;
  /** Puts another one in its place, whole or not at all. @throws ServiceError file-not-written */
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Refuses what QGIS would not open: a .qgz is a zip that holds a .qgs.
 * @throws ServiceError project-not-qgz
 */
export function checkProject(bytes: Uint8Array): void {
  const names = listZip(bytes);
  if (!names) throw new ServiceError('project-not-qgz', { why: notZip });
  if (!names.some((name) => /\.qgs$/i.test(name))) throw new ServiceError('project-not-qgz', { why: withoutQgs });
}

const notZip: Bilingual = { en: 'it is not a whole zip file', fr: "ce n'est pas un fichier zip entier" };
const withoutQgs: Bilingual = { en: 'the zip holds no .qgs file', fr: 'le zip ne contient pas de fichier .qgs' };

/** Bytes of the end record and of a central entry without their texts. Source: PKWARE APPNOTE 6.3.10, 4.3.16 and 4.3.12. */
const endRecord = { signature: 0x06054b50, bytes: 22, longestComment: 0xffff };
const entryRecord = { signature: 0x02014b50, bytes: 46 };

/** Names of the files in a zip, from its central directory; undefined: it is none. */
function listZip(bytes: Uint8Array): readonly string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const names: string[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + entryRecord.bytes > end || view.getUint32(at, true) !== entryRecord.signature) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const from = at + entryRecord.bytes;
    names.push(new TextDecoder().decode(bytes.subarray(from, from + (name ?? 0))));
    at = from + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endRecord.bytes;
  for (let at = last; at >= Math.max(0, last - endRecord.longestComment); at--) {
    if (view.getUint32(at, true) === endRecord.signature) return at;
  }
  return undefined;
}
