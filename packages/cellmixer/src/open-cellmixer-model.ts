import { type Model, openModel, type Provider } from '@cellmixer/nn';
import { type ModelMetadata, parseModelMetadata } from './training/model-metadata.ts';

export interface CellMixerModel extends ModelMetadata {
  readonly predictor: Model;
  close(): Promise<void>;
}

/**
 * Opens an exported model: the network ready to run, with the types and the calibration that it was trained with.
 *
 * @throws MODEL_UNREADABLE, PROVIDER_UNAVAILABLE
 */
export async function openCellMixerModel(
  bytes: Uint8Array,
  options: { readonly provider?: Provider } = {},
): Promise<CellMixerModel> {
  const predictor = await openModel(bytes, { provider: options.provider ?? 'cpu' });
  try {
    return { ...parseModelMetadata(predictor.metadata), predictor, close: () => predictor.close() };
  } catch (error) {
    await predictor.close();
    throw error;
  }
}
