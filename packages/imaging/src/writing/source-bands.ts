import type { Raster } from '@cellmixer/pixels';
import { heldBytes } from '../sample-type.ts';
import { tileSide } from './pyramid-levels.ts';
import type { OmeTiffContent } from './pyramid-options.ts';

/** The picture from top to bottom, in bands of whole rows of tiles; a raster is one band, not a copy. */
export async function* bandsOf({
  picture,
  plane,
  bandBytes = 256 * 1024 ** 2,
}: OmeTiffContent): AsyncGenerator<Raster> {
  if ('data' in picture) {
    yield picture;
    return;
  }
  const { width, height, channels, depth } = picture;
  const tileRow = width * tileSide * channels * heldBytes(depth);
  const rows = Math.max(1, Math.floor(bandBytes / tileRow)) * tileSide;
  for (let y = 0; y < height; y += rows) {
    yield await picture.read({
      ...plane,
      region: { x: 0, y, width, height: Math.min(rows, height - y) },
    });
  }
}
