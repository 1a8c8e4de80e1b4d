import { z } from '../../schema.ts';
import type { InstalledModel, ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';

const modelSchema = z.object({
  id: z.string().describe('<manifest id>@<version>'),
  name: z.string().nullable().describe('null: it has results here, but is no longer installed'),
  licence: z.string().nullable(),
  installed: z.boolean(),
  state: z
    .enum(['ready', 'pulled', 'not-pulled', 'damaged'])
    .nullable()
    .describe(
      'ready (came with Rivage) and pulled can run; not-pulled, damaged: rivage models pull <manifest id>; null: not installed',
    ),
  isDefault: z.boolean(),
  labels: z.array(
    z.object({
      label: z.string(),
      minConfidence: z.number().describe('From which confidence the views show it'),
      shown: z.boolean().describe("Whether the views show this model's detections of the label; one model a label"),
    }),
  ),
  analysedPhotos: z.int().describe('Photos that it analysed without failure'),
});
const modelsSchema = named('Models', z.object({ models: z.array(named('Model', modelSchema)) }));

interface ModelRow {
  readonly id: string;
  readonly labels: readonly { label: string; minConfidence: number; shown: boolean }[];
  readonly analysed: number;
}

/** GET /api/models. */
export function modelRoutes({ db, models }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/models',
      tag: 'models',
      summary: 'Models that are installed, and those that have results here',
      answers: [{ status: 200, type: 'application/json', description: 'The default one first', schema: modelsSchema }],
      handle: async () => {
        const used = await db.query<ModelRow>(modelSql);
        const missing = used.filter(({ id }) => !models.some((model) => model.id === id));
        const all = await Promise.all([
          ...models.map((model) => {
            const row = used.find(({ id }) => id === model.id);
            return describe(model, row);
          }),
          ...missing.map((row) => describe(undefined, row)),
        ]);
        return { kind: 'json', body: { models: all.sort((a, b) => Number(b.isDefault) - Number(a.isDefault)) } };
      },
    }),
  ];
}

async function describe(
  model: InstalledModel | undefined,
  used: ModelRow | undefined,
): Promise<z.output<typeof modelSchema>> {
  const planned = Object.entries(model?.thresholds ?? {}).map(([label, minConfidence]) => ({
    label,
    minConfidence,
    shown: false,
  }));
  return {
    id: model?.id ?? used?.id ?? '',
    name: model?.name ?? null,
    licence: model?.licence ?? null,
    installed: model !== undefined,
    state: model ? await model.findState() : null,
    isDefault: model?.isDefault ?? false,
    labels: used ? [...used.labels] : planned,
    analysedPhotos: used?.analysed ?? 0,
  };
}

const modelSql = `
  select m.model_id as id,
    (select count(*) from rivage.analysis as a where a.model_id = m.model_id and a.reason is null)::int as analysed,
    coalesce((
      select jsonb_agg(jsonb_build_object('label', label, 'minConfidence', min_confidence, 'shown', shown) order by label)
      from rivage.label_threshold as t where t.model_id = m.model_id
    ), '[]') as labels
  from rivage.model as m
  order by m.model_id`;
