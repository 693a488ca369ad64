import { CellMixerError } from '@cellmixer/errors';
import {
  connectedComponents,
  type FloatImage,
  type Mask,
  resampleMaskArea,
  type Trimap,
} from '@cellmixer/pixels';
import type {
  Calibration,
  ForegroundParameters,
  ForegroundQuality,
  ImageSource,
  PreparedImage,
} from '../contracts.ts';
import { makeMask } from '../foreground/make-mask.ts';
import { measureBackground } from '../foreground/measure-background.ts';
import { calibrateImage } from './calibrate-image.ts';
import { readNative } from './read-native.ts';

/**
 * Reads a picture of a pure culture and makes it ready for mixing: calibrated, with its trimap at the working
 * scale. A confluent picture comes back flagged (`quality.confluent`), all undecided.
 *
 * @param type index into the run's types.
 * @param usual how cells are found where the picture itself does not say.
 */
export async function prepareImage(
  source: ImageSource,
  type: number,
  calibration: Calibration,
  usual: ForegroundParameters,
): Promise<PreparedImage> {
  const parameters = source.foreground ?? usual;
  const native = await readNative(source);
  const background = measureBackground(native, {
    modality: calibration.modality,
    feature: parameters.feature,
    deviationSigma: parameters.deviationSigma,
  });
  const { trimap, quality } =
    source.drawnMask === undefined
      ? makeMask(background, parameters)
      : await readDrawn(source, source.drawnMask, native);
  const image = calibrateImage(native, calibration, {
    pixelSizeUm: source.pixelSizeUm,
    background,
  });
  return {
    id: source.id,
    name: source.name,
    sample: source.sample,
    type,
    image,
    trimap: resampleTrimap(trimap, image),
    quality,
  };
}

/** @throws INVALID_ARGUMENT where the drawn mask is not of the picture's size */
async function readDrawn(
  { name }: ImageSource,
  read: () => Promise<Mask>,
  { width, height }: FloatImage,
): Promise<{ readonly trimap: Trimap; readonly quality: ForegroundQuality }> {
  const mask = await read();
  if (mask.width !== width || mask.height !== height) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the drawn mask of "${name}" is ${mask.width}×${mask.height} px, the picture ${width}×${height} px`,
      { subject: name, cure: 'Give the mask in the size of its picture.' },
    );
  }
  let covered = 0;
  for (let i = 0; i < mask.data.length; i++) covered += mask.data[i]!;
  const { count } = connectedComponents(mask);
  const quality = {
    coverage: covered / mask.data.length,
    objects: count,
    agreement: 1,
    contrast: Number.NaN,
    confluent: false,
    warnings: [],
  };
  return { trimap: mask, quality };
}

/** A working pixel is a cell where sure cell covers at least half of it, background likewise, else undecided. */
export function resampleTrimap(trimap: Trimap, size: Pick<FloatImage, 'width' | 'height'>): Trimap {
  const { width, height } = size;
  if (trimap.width === width && trimap.height === height) return trimap;
  const shareOf = (value: number) =>
    resampleMaskArea({ ...trimap, data: trimap.data.map((v) => (v === value ? 1 : 0)) }, width, height).data;
  const cell = shareOf(1);
  const rest = shareOf(0);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const c = cell[i]!;
    const b = rest[i]!;
    data[i] = c >= 0.5 && c > b ? 1 : b >= 0.5 && b > c ? 0 : 255;
  }
  return { width, height, data };
}
