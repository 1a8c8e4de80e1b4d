import { expect, it } from 'vitest';
import { waterLevelAt } from '../../src/geo/lake.ts';
import { checkWorkspace, readWorkspace } from '../../src/workspace/read-workspace.ts';
import { writeWorkspace } from './written.ts';

const written = `lake_id,date,level_m,sigma_m
bleu,2025-07-11,2470,0.2
bleu,2025-07-01T12:00Z,2472,
`;

it('is the straight line between two readings, and the ordinary level before and after them', async () => {
  const { lakes } = await readWorkspace(await writeWorkspace({ 'water-levels.csv': written }));
  const [lake] = lakes;
  if (!lake) throw new Error('the workspace has no lake');
  const at = (time: string) => waterLevelAt(lake, new Date(time));
  expect(at('2025-07-01T12:00:00Z')).toEqual({ heightM: 2472, sigmaM: 0.05 });
  expect(at('2025-07-06T12:00:00Z')).toEqual({ heightM: 2471, sigmaM: 0.2 });
  expect(at('2025-07-11T12:00:00Z')).toEqual({ heightM: 2470, sigmaM: 0.2 });
  expect(at('2025-06-30T00:00:00Z')).toEqual({ heightM: 2474, sigmaM: 0.3 });
  expect(at('2025-07-12T00:00:00Z')).toEqual({ heightM: 2474, sigmaM: 0.3 });
});

it('is refused with its line where a row names no lake, no date, one that another row has, or no number', async () => {
  const fault = async (row: string) => {
    const text = `lake_id,date,level_m\nbleu,2025-07-01,2470\n${row}\n`;
    const { faults } = await checkWorkspace(await writeWorkspace({ 'water-levels.csv': text }));
    return [faults[0]?.code, faults[0]?.params.line];
  };
  expect(await fault('vert,2025-07-01,2470')).toEqual(['lake-unknown', 3]);
  expect(await fault('bleu,01/07/2025,2470')).toEqual(['file-invalid', 3]);
  expect(await fault('bleu,2025-07-02T10:00,2470')).toEqual(['file-invalid', 3]);
  expect(await fault('bleu,2025-07-02,low')).toEqual(['file-invalid', 3]);
  expect(await fault('bleu,2025-07-01T14:00+02:00,2471')).toEqual(['file-invalid', 3]);
  expect(await fault('bleu,2025-07-02')).toEqual(['file-invalid', 3]);
});

it('is refused where it would be surer than sure', async () => {
  const text = written.replace('0.2', '-0.2');
  const { faults } = await checkWorkspace(await writeWorkspace({ 'water-levels.csv': text }));
  expect(faults[0]?.message).toContain('sigma_m is -0.2');
});

it('needs its columns', async () => {
  const { faults } = await checkWorkspace(await writeWorkspace({ 'water-levels.csv': 'lake,level\nbleu,2470\n' }));
  expect(faults.map(({ message }) => message)[0]).toContain('lake_id,date,level_m,sigma_m');
});
