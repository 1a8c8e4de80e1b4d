import type { Db } from './db.ts';

/** A network as the database knows it. */
export interface ModelRecord {
  /** '<manifest id>@<version>'. */
  readonly modelId: string;
  /** Every label that it can find. */
  readonly labels: readonly string[];
  /** Label → confidence from which it is shown at first; later the database's own value counts. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** Where the manifest gives no threshold for a label. */
const defaultThreshold = 0.5;

/**
 * Tells the database of a model. Thresholds that a user changed stay. A label that no model shows yet, or an older
 * version of this model, is shown from this one: see `showModel` for the others.
 */
export async function writeModel(db: Db, model: ModelRecord): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into rivage.model (model_id, labels) values ($1, $2::text[])
       on conflict (model_id) do update set labels = excluded.labels`,
      [model.modelId, model.labels],
    );
    await tx.query('delete from rivage.label_threshold where model_id = $1 and label <> all ($2::text[])', [
      model.modelId,
      model.labels,
    ]);
    const thresholds = model.labels.map((label) => ({ label, min: model.thresholds[label] ?? defaultThreshold }));
    const fresh = await tx.query<{ label: string }>(
      `insert into rivage.label_threshold (model_id, label, min_confidence, shown)
       select $1, label, min, false from json_to_recordset($2::json) as r (label text, min float8)
       on conflict (model_id, label) do nothing returning label`,
      [model.modelId, JSON.stringify(thresholds)],
    );
    const taken = await tx.query<{ label: string }>(
      `select label from rivage.label_threshold
       where shown and split_part(model_id, '@', 1) <> split_part($1, '@', 1)`,
      [model.modelId],
    );
    const free = fresh.map((row) => row.label).filter((label) => !taken.some((row) => row.label === label));
    await show(tx, model.modelId, free);
  });
}

/** Shows all labels of a model from it: maps and counts take them from no other one. */
export async function showModel(db: Db, modelId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx.query<{ label: string }>('select label from rivage.label_threshold where model_id = $1', [
      modelId,
    ]);
    await show(
      tx,
      modelId,
      rows.map((row) => row.label),
    );
  });
}

/** Two statements, because the index "one model a label" is checked row by row. */
async function show(tx: Db, modelId: string, labels: readonly string[]): Promise<void> {
  await tx.query(
    'update rivage.label_threshold set shown = false where shown and label = any ($2::text[]) and model_id <> $1',
    [modelId, labels],
  );
  await tx.query(
    'update rivage.label_threshold set shown = true where not shown and label = any ($2::text[]) and model_id = $1',
    [modelId, labels],
  );
}
