import { describe, expect, it } from 'vitest';
import { isPythonInstalled, runCoreTests } from './qgis.ts';

describe.skipIf(!isPythonInstalled())('core of the plugin', () => {
  it('passes its tests in a Python without QGIS', async () => {
    const { code, output } = await runCoreTests();
    expect(output).toMatch(/Ran [1-9]\d* tests/);
    expect(code, output).toBe(0);
  });
});
