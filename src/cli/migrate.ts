import path from 'node:path';
import type { Command } from 'commander';
import { migrate, sqlFolder } from '../store/migrate.ts';
import { openDb } from '../store/open.ts';
import type { CliContext } from './context.ts';
import { databaseFolder } from './wire.ts';

interface MigrateOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

/** `rivage migrate`: brings the database of a workspace to this version. */
export function registerMigrate(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('migrate')
    .summary(say({ en: 'bring the database to this version', fr: 'mettre la base de données à cette version' }))
    .description(
      say({
        en: 'Brings the database of a workspace to this version: the embedded one, or the one of RIVAGE_DATABASE_URL. Other commands do so by themselves.',
        fr: "Met la base de données d'un espace de travail à cette version : la base intégrée, ou celle de RIVAGE_DATABASE_URL. Les autres commandes le font d'elles-mêmes.",
      }),
    )
    .option(
      '-w, --workspace <folder>',
      say({ en: 'folder of the workspace', fr: "dossier de l'espace de travail" }),
      '.',
    )
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText(
      'after',
      '\n  rivage migrate -w my-lake\n  RIVAGE_DATABASE_URL=postgres://rivage@db/park rivage migrate --json',
    )
    .action((options: MigrateOptions) => runMigrate(options, context));
}

async function runMigrate(options: MigrateOptions, context: CliContext): Promise<void> {
  const { say, print, config, log } = context;
  const folder = databaseFolder(path.resolve(context.cwd, options.workspace));
  const db = await openDb({ databaseUrl: config.databaseUrl, folder, log, migrate: false });
  try {
    const migrated = await migrate(db, sqlFolder, config.language);
    if (options.json) return print(JSON.stringify({ engine: db.engine, ...migrated }));
    for (const name of migrated.applied) print(say({ en: `applied ${name}`, fr: `appliquée : ${name}` }));
    if (migrated.viewsRenewed) print(say({ en: 'views made again', fr: 'vues recréées' }));
    else print(say({ en: 'the database is at this version', fr: 'la base de données est à cette version' }));
  } finally {
    await db.close();
  }
}
