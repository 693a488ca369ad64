import { CellMixerError } from '@cellmixer/errors';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { type OpenImageOptions, openImage } from './open-image.ts';

/** A label picture (PNG or TIFF, 8 to 64 bits, one channel): 0 background, 1… objects, values exact. */
export async function readLabelMap(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<LabelMap> {
  const image = await openImage(source, { ...options, storedValues: true });
  try {
    const { width, height, channels, data } = await image.read();
    if (channels !== 1) {
      throw new CellMixerError(
        'IMAGE_UNSUPPORTED',
        `"${image.name}": ${channels} channels; a label map has one`,
        {
          subject: image.name,
          cure: 'Save the labels as one grey channel, one number for each object.',
        },
      );
    }
    const labels = new Int32Array(data.length);
    for (let i = 0; i < data.length; i++) {
      const value = data[i]!;
      if (value < 0 || value > 0x7fffffff || value !== Math.floor(value)) {
        throw new CellMixerError(
          'IMAGE_UNSUPPORTED',
          `"${image.name}": the value ${value} at x ${i % width}, y ${Math.floor(i / width)} is not a label`,
          { subject: image.name, cure: 'Labels are whole numbers from 0 to 2,147,483,647.' },
        );
      }
      labels[i] = value;
    }
    return { width, height, data: labels };
  } finally {
    await image.close();
  }
}

/** A picture of class numbers: 0 background, 1…K types, 255 ignored. */
export async function readClassMap(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<ClassMap> {
  const { width, height, data } = await readLabelMap(source, options);
  const classes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value > 255) {
      throw new CellMixerError('IMAGE_UNSUPPORTED', `A class map holds the value ${value}`, {
        cure: 'Classes are 1 to 254, 0 is background, 255 is ignored.',
      });
    }
    classes[i] = value;
  }
  return { width, height, data: classes };
}
