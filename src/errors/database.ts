import type { ErrorEntry } from './entry.ts';

/** Errors of the database. */
export const databaseErrors = {
  'database-locked': {
    status: 503,
    en: 'The database in {folder} is in use by process {pid}. Stop that program (rivage serve?), or set RIVAGE_DATABASE_URL to a PostgreSQL server that several programs can use. If no such process runs, delete {lockFile}.',
    fr: "La base de données de {folder} est utilisée par le processus {pid}. Arrêtez ce programme (rivage serve ?), ou indiquez dans RIVAGE_DATABASE_URL un serveur PostgreSQL que plusieurs programmes peuvent utiliser. Si ce processus n'existe pas, supprimez {lockFile}.",
  },
  'database-broken': {
    status: 500,
    en: 'The embedded database in {folder} cannot be opened: {why}. Restore the folder from a backup, or move it away and process the photos again.',
    fr: "La base de données intégrée de {folder} ne s'ouvre pas : {why}. Restaurez le dossier depuis une sauvegarde, ou déplacez-le et traitez à nouveau les photos.",
  },
  'database-unreachable': {
    status: 503,
    en: 'The database {url} cannot be reached: {why}. Check RIVAGE_DATABASE_URL and that the server runs.',
    fr: 'La base de données {url} est injoignable : {why}. Vérifiez RIVAGE_DATABASE_URL et que le serveur fonctionne.',
  },
  'database-refused': {
    status: 500,
    en: 'The database refused the statement "{statement}": {why}. Please report it with the log.',
    fr: "La base de données a refusé l'instruction « {statement} » : {why}. Merci de le signaler avec le journal.",
  },
  'postgis-missing': {
    status: 503,
    en: 'The database has no PostGIS and it cannot be added ({why}). Ask its administrator to run: create extension postgis',
    fr: "La base de données n'a pas PostGIS et il ne peut pas être ajouté ({why}). Demandez à son administrateur d'exécuter : create extension postgis",
  },
  'migration-edited': {
    status: 500,
    en: 'Migration {migration} was changed after it had been applied to this database. Restore the released file; put changes in a new migration.',
    fr: 'La migration {migration} a été modifiée après son application à cette base. Rétablissez le fichier publié ; mettez les changements dans une nouvelle migration.',
  },
  'database-newer': {
    status: 500,
    en: 'The database has migration {migration}, which this version of Rivage does not know. Install a newer version of Rivage.',
    fr: 'La base de données contient la migration {migration}, que cette version de Rivage ne connaît pas. Installez une version plus récente de Rivage.',
  },
  'view-in-use': {
    status: 409,
    en: 'The views of schema rivage cannot be made again, because others depend on them: {dependents}. Drop those, run rivage migrate, and create them again.',
    fr: "Les vues du schéma rivage ne peuvent pas être recréées, car d'autres objets en dépendent : {dependents}. Supprimez ceux-ci, lancez rivage migrate, puis recréez-les.",
  },
} as const satisfies Record<string, ErrorEntry>;
