import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** What the architecture rules need to know of one source file. `file` is relative to src/, with forward slashes. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** All TypeScript files below a folder. */
export function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => parseSource(name.split(path.sep).join('/'), readFileSync(path.join(folder, name), 'utf8')));
}

/** One file, parsed by the TypeScript parser. */
export function parseSource(file: string, text: string): SourceFile {
  const ast = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return { file, text, ast, imports: [...importsOf(ast)] };
}

function* importsOf(ast: ts.SourceFile): Generator<Import> {
  for (const node of nodesOf(ast)) {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      yield { specifier: node.moduleSpecifier.text, typeOnly: onlyTypes(node.importClause) };
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      yield { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
    } else if (ts.isCallExpression(node) && loadsModule(node)) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) yield { specifier: argument.text, typeOnly: false };
    }
  }
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

function loadsModule(call: ts.CallExpression): boolean {
  const callee = call.expression;
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

/** Every node below `root`, itself too. */
export function* nodesOf(root: ts.Node): Generator<ts.Node> {
  yield root;
  for (const child of root.getChildren()) yield* nodesOf(child);
}
