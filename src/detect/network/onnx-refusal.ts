import { ServiceError } from '../../errors.ts';

/**
 * Why ONNX Runtime did not open a network, as a coded error. Its messages begin with a file and a C++ signature of
 * its own; what a person can use comes after.
 */
export function toOnnxRefusal(model: string, cause: unknown): ServiceError {
  const message = (cause instanceof Error ? cause.message : String(cause)).trim();
  const opset = /Opset (\d+) is under development.*?till opset (\d+)/s.exec(message);
  if (opset) {
    const [, version = '', newest = ''] = opset;
    return new ServiceError('model-opset', { model, what: 'opset', version, newest }, { cause });
  }
  const ir = /Unsupported model IR version: (\d+), max supported IR version: (\d+)/.exec(message);
  if (ir) {
    const [, version = '', newest = ''] = ir;
    return new ServiceError('model-opset', { model, what: 'IR', version, newest }, { cause });
  }
  if (/protobuf parsing failed|data pointer is null|no graph was found/i.test(message)) {
    return new ServiceError('model-not-onnx', { model }, { cause });
  }
  const why = message.replace(/^\/onnxruntime_src\/\S+ .*?\) (?=[A-Z])/s, '').slice(0, 300);
  return new ServiceError('model-invalid', { model, why }, { cause });
}
