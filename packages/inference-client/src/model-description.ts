import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import { parseJson } from './json-body.ts';

/** What must be known of a network to predict with it. */
export interface ModelDescription {
  readonly inputChannels: number;
  readonly types: number;
  readonly multiple: number;
}

const tensorSchema = z.object({ name: z.string(), shape: z.array(z.int()) });
const metadataSchema = z.object({
  inputs: z.array(tensorSchema),
  outputs: z.array(tensorSchema),
  properties: z.record(z.string(), z.string()).optional(),
});

/** Enough for networks of up to six resolutions, where a server does not tell the multiple. */
const safeMultiple = 32;

/**
 * Reads a model's metadata as the protocol gives it, a JSON text. Channels are the second side of `images` and `types`; the
 * multiple of the picture's sides is our server's own property.
 *
 * @throws MODEL_UNREADABLE where it is not a network of ours
 */
export function readModelDescription(model: string, body: Uint8Array): ModelDescription {
  const { data } = metadataSchema.safeParse(parseJson(body));
  const inputChannels = data?.inputs.find(({ name }) => name === 'images')?.shape[1];
  const types = data?.outputs.find(({ name }) => name === 'types')?.shape[1];
  if (inputChannels === undefined || types === undefined || inputChannels < 1 || types < 1)
    throw new CellMixerError(
      'MODEL_UNREADABLE',
      `the model "${model}" has no "images" and "types" with known channels`,
      {
        subject: model,
        cure: 'Serve a model.onnx that CellMixer exported.',
      },
    );
  const multiple = Number(data?.properties?.multiple ?? safeMultiple);
  return {
    inputChannels,
    types,
    multiple: Number.isInteger(multiple) && multiple > 0 ? multiple : safeMultiple,
  };
}
