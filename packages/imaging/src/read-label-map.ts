import type { CellMixerError } from '@cellmixer/errors';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { unsupported } from './image-errors.ts';
import { type OpenImageOptions, openImage } from './open-image.ts';

/**
 * A label picture (PNG or TIFF, 1 to 64 bits, one channel; a palette's indices): 0 background, 1… objects,
 * values exact. Throws IMAGE_UNSUPPORTED where there are several channels or something that is no label.
 */
export async function readLabelMap(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<LabelMap> {
  const { name, width, height, data } = await readNumbers(source, options);
  const labels = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!(value >= 0 && value <= 0x7fffffff && value === Math.floor(value))) {
      throw notA('label', name, value, i, width, 'Labels are whole numbers from 0 to 2,147,483,647.');
    }
    labels[i] = value;
  }
  return { width, height, data: labels };
}

/** A picture of class numbers, stored like labels: 0 background, 1…K types, 255 ignored. */
export async function readClassMap(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<ClassMap> {
  const { name, width, height, data } = await readNumbers(source, options);
  const classes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!(value >= 0 && value <= 255 && value === Math.floor(value))) {
      throw notA('class', name, value, i, width, 'Classes are 1 to 254; 0 is background, 255 is ignored.');
    }
    classes[i] = value;
  }
  return { width, height, data: classes };
}

async function readNumbers(source: string | Uint8Array, options: OpenImageOptions) {
  const image = await openImage(source, { ...options, storedValues: true });
  try {
    const { name } = image;
    if (image.channels !== 1 || image.format === 'jpeg') {
      const what = image.format === 'jpeg' ? 'a JPEG changes numbers' : `${image.channels} channels`;
      throw unsupported(
        name,
        `${what}; a map of labels or classes has one channel, kept exactly`,
        'Save the map as a grey PNG or TIFF, one number for each object or class.',
      );
    }
    const { width, height, data } = await image.read();
    return { name, width, height, data };
  } finally {
    await image.close();
  }
}

function notA(
  what: string,
  name: string,
  value: number,
  index: number,
  width: number,
  cure: string,
): CellMixerError {
  const [x, y] = [index % width, Math.floor(index / width)];
  return unsupported(name, `the value ${value} at x ${x}, y ${y} is not a ${what}`, cure);
}
