import { CellMixerError } from '@cellmixer/errors';
import type { Raster } from '@cellmixer/pixels';
import type { Sharp } from 'sharp';
import { interleavedFromPlanar } from './planar.ts';
import { sharp } from './sharp-settings.ts';

/** PNG of 1, 3 or 4 channels, 8 or 16 bits: what is read back is equal. */
export async function encodePng(raster: Raster<Uint8Array | Uint16Array>): Promise<Uint8Array> {
  const wide = raster.data instanceof Uint16Array;
  const grey = raster.channels === 1;
  // Without the explicit colour space libvips turns 16-bit pictures into 8-bit sRGB.
  const space = wide ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb';
  return await fromRaster(raster, [1, 3, 4], 'PNG').toColourspace(space).png({ palette: false }).toBuffer();
}

/** JPEG of an 8-bit picture of 1 or 3 channels; `quality` 1…100. */
export async function encodeJpeg(raster: Raster<Uint8Array>, quality = 90): Promise<Uint8Array> {
  return await fromRaster(raster, [1, 3], 'JPEG').jpeg({ quality }).toBuffer();
}

/** WebP of an 8-bit picture of 1, 3 or 4 channels; `quality` 1…100. */
export async function encodeWebp(raster: Raster<Uint8Array>, quality = 80): Promise<Uint8Array> {
  return await fromRaster(raster, [1, 3, 4], 'WebP').webp({ quality }).toBuffer();
}

function fromRaster(
  raster: Raster<Uint8Array | Uint16Array>,
  allowed: readonly (1 | 3 | 4)[],
  what: string,
): Sharp {
  const { width, height, data } = raster;
  const channels = allowed.find((count) => count === raster.channels);
  if (channels === undefined) {
    throw new CellMixerError('INVALID_ARGUMENT', `${what}: ${raster.channels} channels`, {
      cure: `Give ${allowed.join(', ')} channels.`,
    });
  }
  if (data.length !== width * height * channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `${what}: ${data.length} values for ${width} × ${height} × ${channels}`,
      { cure: 'Give a raster whose data fits its size.' },
    );
  }
  const room = data instanceof Uint16Array ? new Uint16Array(data.length) : new Uint8Array(data.length);
  const pixels = channels === 1 ? data : interleavedFromPlanar(data, room, channels);
  return sharp(pixels, { raw: { width, height, channels } });
}
