import { type Calibration, type ModelMetadata, modelMetadataSchema } from '@cellmixer/cellmixer';
import { demoLines } from '@cellmixer/demo-cultures';
import { buildInferenceGraph, defaultUNet, networkLayout } from '@cellmixer/nn';
import { createRandom } from '@cellmixer/pixels';

/** Lines that the fixture names. */
export const fixtureLines = demoLines.slice(0, 2);

const fixtureCalibration: Calibration = {
  modality: 'transmitted',
  channels: 1,
  cellDiameterPx: 24,
  workingScale: 1,
  pixelSizeUm: null,
  intensityScale: [0.1],
  noise: 0.05,
};

/**
 * A network that nobody trained: its weights are drawn from a seed. It finds some two hundred blobs of both classes in a
 * picture, the same ones each time, which is all that counting, correcting and comparing need.
 *
 * @param deviation of the weights from the usual ones, 0…1: another model that agrees in most
 */
export function fixtureModel(deviation: number): {
  readonly bytes: Uint8Array;
  readonly metadata: ModelMetadata;
} {
  const network = defaultUNet({ inputChannels: 1, types: fixtureLines.length, width: 8, levels: 3 });
  const layout = networkLayout(network);
  const usual = createRandom(10);
  const other = createRandom(11);
  const parameters = Float32Array.from(
    { length: layout.parameterCount },
    () => 0.3 * (usual.normal() + deviation * other.normal()),
  );
  const statistics = new Float32Array(layout.statisticsCount);
  for (const { offset, channels } of layout.norms)
    statistics.fill(1, offset + channels, offset + 2 * channels);
  const metadata = modelMetadataSchema.parse({
    format: 1,
    types: fixtureLines,
    typeHead: 'softmax',
    calibration: fixtureCalibration,
    confusion: null,
    run: {
      ...{ method: 'cellmixer', preset: 'fast', seed: 10, steps: 1, batch: 4, cropSize: 64 },
      ...{ learningRate: 0.003, provider: 'cpu', lowering: 'portable', pictures: [] },
    },
  });
  const bytes = buildInferenceGraph(
    { network, parameters, statistics },
    { cellmixer: JSON.stringify(metadata) },
  );
  return { bytes, metadata };
}
