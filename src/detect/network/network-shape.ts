import { ServiceError } from '../../errors.ts';

/** Sizes along the axes of a tensor; undefined: any, or not known yet. */
export type Dims = readonly (number | undefined)[];

/** A value as the manifest promises it. */
export interface ExpectedValue {
  readonly name: string;
  readonly type: 'float32' | 'integer';
  readonly dims: Dims;
  /** What the axes stand for, such as "1, cells, 5 + classes". */
  readonly axes: string;
}

/** A value as the network has it. */
export interface FoundValue {
  readonly name: string;
  /** As ONNX Runtime calls it: 'float32', 'int64' … */
  readonly type: string;
  /** Undefined: the file does not say how many axes there are. */
  readonly dims: Dims | undefined;
}

/**
 * Compares what a manifest promises of a network's inputs or outputs with what the network has.
 * @throws ServiceError model-value-missing, model-shape
 */
export function checkValues(model: string, expected: readonly ExpectedValue[], found: readonly FoundValue[]): void {
  for (const value of expected) {
    const own = found.find(({ name }) => name === value.name);
    if (!own) {
      const known = found.map(({ name }) => `"${name}"`).join(', ') || '–';
      throw new ServiceError('model-value-missing', { model, name: value.name, known });
    }
    if (fits(value, own)) continue;
    throw new ServiceError('model-shape', {
      model,
      name: value.name,
      expected: `${value.type} (${describeDims(value.dims)}) = (${value.axes})`,
      found: `${own.type} (${describeDims(own.dims)})`,
    });
  }
}

/**
 * Sees to it that every number that a network gave is one.
 * @throws ServiceError model-not-finite
 */
export function checkFinite(model: string, name: string, values: Float32Array): void {
  // a sum is finite only where all of it is; four of them keep the processor busy
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i += 4) {
    a += values[i] ?? 0;
    b += values[i + 1] ?? 0;
    c += values[i + 2] ?? 0;
    d += values[i + 3] ?? 0;
  }
  if (Number.isFinite(a + b + c + d)) return;
  const count = values.reduce((sum, value) => (Number.isFinite(value) ? sum : sum + 1), 0);
  throw new ServiceError('model-not-finite', { model, name, count, of: values.length });
}

function fits(expected: ExpectedValue, found: FoundValue): boolean {
  const isType = expected.type === 'integer' ? /^u?int\d+$/.test(found.type) : found.type === expected.type;
  const { dims } = found;
  if (!isType || dims === undefined) return isType;
  if (expected.dims.length !== dims.length) return false;
  return expected.dims.every((size, axis) => size === undefined || (dims[axis] ?? size) === size);
}

function describeDims(dims: Dims | undefined): string {
  return dims?.map((size) => size ?? '?').join(', ') ?? '?';
}
