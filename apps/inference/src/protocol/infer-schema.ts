import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** `$inference_request` of the Open Inference Protocol. The data of a tensor are looked at apart. */
const inferSchema = z.object({
  id: z.string().max(1000).optional(),
  parameters: parameters
    .and(
      z.object({
        binary_data_output: z.boolean().optional(),
        /** Microseconds, as in the scheduling extension. */
        timeout: z.number().min(0).optional(),
      }),
    )
    .optional(),
  inputs: z
    .array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().min(0)).max(8),
        datatype: z.string(),
        parameters: parameters.and(z.object({ binary_data_size: z.int().min(0).optional() })).optional(),
        data: z.unknown().optional(),
      }),
    )
    .min(1),
  outputs: z
    .array(
      z.object({
        name: z.string(),
        parameters: parameters.and(z.object({ binary_data: z.boolean().optional() })).optional(),
      }),
    )
    .optional(),
});

export type InferMessage = z.infer<typeof inferSchema>;

/** @throws INVALID_ARGUMENT that names the field */
export function parseInferMessage(json: Uint8Array): InferMessage {
  const parsed = inferSchema.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `the request is off at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}`,
    { cure: 'Send an inference request of the Open Inference Protocol.' },
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch (cause) {
    throw new CellMixerError('INVALID_ARGUMENT', 'the request is not JSON', {
      cause,
      cure: 'With binary tensors, the header Inference-Header-Content-Length must give the length of the JSON.',
    });
  }
}
