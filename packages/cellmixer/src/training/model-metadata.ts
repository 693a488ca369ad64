import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';

/** Version of the metadata in an exported model; a reader refuses others. */
export const MODEL_FORMAT = 1;

/** The key of the ONNX file's metadata that holds all of this as JSON. */
export const METADATA_KEY = 'cellmixer';

export const calibrationSchema = z.object({
  modality: z.enum(['transmitted', 'stained', 'fluorescence']),
  channels: z.int().min(1),
  cellDiameterPx: z.number().positive(),
  workingScale: z.number().positive().max(1),
  pixelSizeUm: z.number().positive().nullable(),
  intensityScale: z.array(z.number().positive()),
  noise: z.number().min(0),
});

export const modelMetadataSchema = z.object({
  format: z.literal(MODEL_FORMAT),
  /** Cell types in the order of the network's outputs. */
  types: z.array(z.string().min(1)).min(1),
  typeHead: z.enum(['softmax', 'sigmoid']),
  calibration: calibrationSchema,
  /**
   * Cells by (true type, called type) on artificial mixtures that were not trained on, rows sum to counts:
   * what composition is adjusted by. Null where it was not measured.
   */
  confusion: z.array(z.array(z.number().min(0))).nullable(),
  run: z.object({
    method: z.string(),
    preset: z.string(),
    seed: z.int(),
    steps: z.int(),
    batch: z.int(),
    cropSize: z.int(),
    learningRate: z.number(),
    provider: z.string(),
    lowering: z.string(),
    /** Content hashes of the training pictures, per type, in order. */
    pictures: z.array(z.array(z.string())),
  }),
});

export type ModelMetadata = z.infer<typeof modelMetadataSchema>;

/** @throws MODEL_UNREADABLE where the file carries no CellMixer metadata, or one of another format. */
export function parseModelMetadata(metadata: Readonly<Record<string, string>>): ModelMetadata {
  const text = metadata[METADATA_KEY];
  if (text === undefined) {
    throw new CellMixerError('MODEL_UNREADABLE', `the ONNX file has no "${METADATA_KEY}" metadata`, {
      cure: 'Give a model.onnx that CellMixer exported.',
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CellMixerError('MODEL_UNREADABLE', `the "${METADATA_KEY}" metadata is not JSON`, { cause });
  }
  const parsed = modelMetadataSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CellMixerError(
    'MODEL_UNREADABLE',
    `the model's metadata is off at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}`,
    { cure: `Export the model again; this version reads format ${MODEL_FORMAT}.` },
  );
}
