import path from 'node:path';
import ts from 'typescript';
import { nodesOf, type SourceFile } from './source-model.ts';

/** A rule answers with one sentence for each place that breaks it. */
export type Rule = (sources: readonly SourceFile[]) => readonly string[];

const nouns = ['ingest', 'detect', 'locate', 'interpret'];
const types = (...rooms: string[]) => rooms.map((room) => `type ${room}`);
const kernel = ['geo', 'camera', 'dem'];
const stages = ['ingest', 'detect', 'locate', 'interpret'];

/** The table of docs/architecture.md: what each room may import besides itself and the root files. */
const mayImport: Readonly<Record<string, readonly string[] | 'everything'>> = {
  errors: [],
  geo: [],
  camera: ['geo'],
  calibrate: ['geo', 'camera'],
  drift: ['geo', 'camera', ...types('picture')],
  dem: ['geo'],
  picture: ['geo'],
  workspace: ['geo', 'calibrate', ...types('camera')],
  ingest: ['geo', 'picture', ...types('workspace')],
  detect: ['geo', 'picture', ...types('ingest')],
  locate: ['geo', 'camera', 'dem', ...types('detect')],
  inspect: ['geo', 'camera', 'dem', 'picture', 'locate', ...types('calibrate')],
  interpret: ['geo', ...types('locate')],
  simulate: ['geo', 'camera', 'dem', 'picture', ...types('workspace', 'ingest')],
  evaluate: ['geo', ...types('simulate', ...nouns)],
  plan: ['geo', 'camera', 'dem', 'locate'],
  publish: ['geo', 'picture', 'evaluate', ...types(...nouns)],
  store: ['geo', ...types('calibrate', 'drift', 'workspace', ...nouns)],
  pipeline: [...stages, ...kernel, 'calibrate', 'drift', 'inspect', 'picture', 'workspace', 'store'],
  jobs: ['store', 'pipeline'],
  serve: ['geo', 'calibrate', 'store', 'jobs', 'plan'],
  cli: 'everything',
};
const pureRooms = ['geo', 'camera', 'calibrate', 'drift', 'locate', 'interpret', 'evaluate', 'plan'];
const pureFiles =
  /^(dem\/(grid|ray|raster|peaks|thin)|detect\/((change|confidence|decoders|merge|slices)\/.*|network\/(letterbox|network-shape)|detection|detector|manifest))\.ts$/;
const packageDoorsInPureRooms = /^geo\/(crs|polygon)\.ts$/;
const rootFilesForAll = ['brand.ts', 'config.ts', 'errors.ts', 'log.ts', 'schema.ts', 'csv.ts'];

export const rules: Readonly<Record<string, Rule>> = {
  'rooms import only what the table allows': each(function* (source) {
    const room = roomOf(source.file);
    for (const { target, typeOnly } of innerImports(source)) {
      const other = roomOf(target);
      if (other === room || room === 'root') continue;
      if (other === 'root' ? rootFilesForAll.includes(target) : allows(room, other, typeOnly)) continue;
      yield `${source.file} imports ${target}`;
    }
  }),

  'pure rooms import no package and no node: module': each(function* (source) {
    if (packageDoorsInPureRooms.test(source.file)) return;
    if (!pureRooms.includes(roomOf(source.file)) && !pureFiles.test(source.file)) return;
    for (const { specifier, typeOnly } of source.imports) {
      if (!typeOnly && !specifier.startsWith('.')) yield `${source.file} imports ${specifier}`;
    }
  }),

  'each npm package enters through one file': (sources) => {
    const doors = new Map<string, Set<string>>();
    for (const source of sources) {
      for (const { specifier, typeOnly } of source.imports) {
        if (typeOnly || specifier.startsWith('.') || specifier.startsWith('node:')) continue;
        const name = specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
        doors.set(name, (doors.get(name) ?? new Set()).add(source.file));
      }
    }
    return [...doors]
      .filter(([, files]) => files.size > 1)
      .map(([name, files]) => `${name} enters by ${[...files].join(', ')}`);
  },

  'the environment is read in config.ts only': each(function* (source) {
    if (source.file === 'config.ts') return;
    for (const node of nodesOf(source.ast)) {
      if (ts.isPropertyAccessExpression(node) && node.getText() === 'process.env') yield place(source, node);
    }
  }),

  'no file or folder is named for nothing in particular': each(function* (source) {
    if (/(^|[/.-])(utils?|helpers?|common|shared|misc|lib|index)(?=[/.-])/.test(source.file)) yield source.file;
  }),

  'no file only passes on what others export': each(function* (source) {
    const statements = source.ast.statements;
    if (statements.length > 0 && statements.every((s) => ts.isExportDeclaration(s) && s.moduleSpecifier))
      yield source.file;
  }),

  'no file is over 300 lines': each(function* (source) {
    const lines = source.text.trimEnd().split('\n').length;
    if (lines > 300) yield `${source.file} has ${lines} lines`;
  }),

  'no function is over 50 lines or 4 parameters': each(function* (source) {
    for (const node of nodesOf(source.ast)) {
      if (!ts.isFunctionLike(node) || !('body' in node)) continue;
      const lines = node
        .getText()
        .split('\n')
        .filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
      if (lines > 50) yield `${place(source, node)} has ${lines} lines`;
      if (node.parameters.length > 4) yield `${place(source, node)} has ${node.parameters.length} parameters`;
    }
  }),

  'nothing is any': each(function* (source) {
    for (const node of nodesOf(source.ast)) if (node.kind === ts.SyntaxKind.AnyKeyword) yield place(source, node);
  }),

  'imports never run in a circle': (sources) => cyclesOf(sources),

  'no SQL over 25 lines stands in TypeScript': each(function* (source) {
    for (const node of nodesOf(source.ast)) {
      if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) continue;
      const text = node.getText();
      if (/\b(select|insert|update|create)\b/i.test(text) && text.split('\n').length > 25) yield place(source, node);
    }
  }),

  'no HTTP status stands outside serve/ and the error table': each(function* (source) {
    if (roomOf(source.file) === 'serve' || source.file.startsWith('errors/')) return;
    for (const node of nodesOf(source.ast)) {
      const named = ts.isPropertyAssignment(node) || ts.isCallExpression(node) || ts.isBinaryExpression(node);
      if (named && /^[\w.]*(status|statusCode|sendStatus)\b\W{1,6}[1-5]\d\d\b/.test(node.getText()))
        yield place(source, node);
    }
  }),

  'local clock times exist in ingest/clock.ts only': each(function* (source) {
    if (source.file === 'ingest/clock.ts') return;
    for (const node of nodesOf(source.ast)) {
      const getter =
        ts.isPropertyAccessExpression(node) &&
        /^[gs]et(Hours|Minutes|Date|Day|Month|FullYear|TimezoneOffset)$/.test(node.name.text);
      const local =
        ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) > 1;
      if (getter || local) yield place(source, node);
    }
  }),
};

function each(find: (source: SourceFile) => Iterable<string>): Rule {
  return (sources) => sources.flatMap((source) => [...find(source)]);
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'root';
}

function allows(room: string, other: string, typeOnly: boolean): boolean {
  const allowed = mayImport[room];
  if (allowed === undefined) return false;
  return allowed === 'everything' || allowed.includes(other) || (typeOnly && allowed.includes(`type ${other}`));
}

function innerImports(source: SourceFile): readonly { target: string; typeOnly: boolean }[] {
  return source.imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => ({
      target: path.posix.join(path.posix.dirname(source.file), specifier),
      typeOnly,
    }));
}

function place(source: SourceFile, node: ts.Node): string {
  return `${source.file}:${source.ast.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function cyclesOf(sources: readonly SourceFile[]): readonly string[] {
  const targets = new Map(sources.map((source) => [source.file, innerImports(source).map(({ target }) => target)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) found.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (trail.includes(file) || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}
