import type { FloatImage } from '@cellmixer/pixels';

/**
 * A picture as the network wants it: calibrated, at the working scale. Read in regions, so that a picture larger
 * than memory can be calibrated on the fly.
 */
export interface CalibratedSource {
  /** Working pixels. */
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** The region with its corner at (x, y), always inside the picture; planar. */
  readRegion(x: number, y: number, width: number, height: number): FloatImage | Promise<FloatImage>;
}

/** A calibrated picture that is in memory already. */
export function sourceOf(image: FloatImage): CalibratedSource {
  return {
    width: image.width,
    height: image.height,
    channels: image.channels,
    readRegion: (x, y, width, height) => cropImage(image, x, y, width, height),
  };
}

function cropImage(image: FloatImage, x: number, y: number, width: number, height: number): FloatImage {
  if (x === 0 && y === 0 && width === image.width && height === image.height) return image;
  const data = new Float32Array(image.channels * width * height);
  for (let c = 0; c < image.channels; c++) {
    for (let row = 0; row < height; row++) {
      const from = (c * image.height + y + row) * image.width + x;
      data.set(image.data.subarray(from, from + width), (c * height + row) * width);
    }
  }
  return { width, height, channels: image.channels, data };
}

/**
 * Writes a region into the upper left of `target` [channels, tileHeight, tileWidth]; what the region does not
 * reach, to the right and below, is its mirror image (edge not repeated, as often as needed).
 */
export function fillTile(
  target: Float32Array,
  tileWidth: number,
  tileHeight: number,
  region: FloatImage,
): void {
  const { width, height, channels, data } = region;
  if (width === tileWidth && height === tileHeight) {
    target.set(data);
    return;
  }
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < tileHeight; y++) {
      const to = (c * tileHeight + y) * tileWidth;
      const from = (c * height + mirror(y, height)) * width;
      target.set(data.subarray(from, from + Math.min(width, tileWidth)), to);
      for (let x = width; x < tileWidth; x++) target[to + x] = data[from + mirror(x, width)]!;
    }
  }
}

function mirror(position: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const inPeriod = position % period;
  return inPeriod < length ? inPeriod : period - inPeriod;
}
