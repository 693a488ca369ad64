import type { ModelReference, NetworkShape } from '../models/model-catalogue.ts';

/** `$metadata_server_response`. */
export const serverMetadata = {
  name: 'cellmixer-inference',
  version: '0.1.0',
  extensions: ['binary_tensor_data', 'model_repository'],
};

/**
 * `$metadata_model_response`. The multiple that the sides of a picture must be is no part of REST metadata; it stands
 * under `properties`, as in the protocol's gRPC form.
 */
export function modelMetadata(
  { name }: ModelReference,
  versions: readonly string[],
  { inputChannels, types, multiple }: NetworkShape,
) {
  const tensor = (of: string, channels: number) => ({
    name: of,
    datatype: 'FP32',
    shape: [-1, channels, -1, -1],
  });
  return {
    name,
    versions,
    platform: 'onnxruntime_onnx',
    inputs: [tensor('images', inputChannels)],
    outputs: [tensor('foreground', 1), tensor('types', types)],
    properties: { multiple: String(multiple) },
  };
}
