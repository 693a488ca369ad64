import type { Raster } from '@cellmixer/pixels';
import { greyFromRgb } from '../grey-as-rgb.ts';
import { checkMemory, type ImageLimits } from '../image-limits.ts';
import type { Region } from '../opened-image.ts';
import { createSamples, heldBytes } from '../sample-type.ts';
import type { Treatment } from './describe-tiff.ts';
import { applyPalette, readPalette } from './palette.ts';
import { readPage } from './read-page.ts';
import type { TiffFile } from './tiff-directory.ts';
import type { PlanePart } from './tiff-layout.ts';
import { readTiffPage } from './tiff-page.ts';

/** Reads a region of one plane, all its channels, planar. */
export async function readTiff(
  file: TiffFile,
  limits: ImageLimits,
  parts: readonly PlanePart[],
  region: Region,
  treatment: Treatment,
): Promise<Raster> {
  const { width, height } = region;
  const size = width * height;
  const stored = parts.reduce((sum, part) => sum + part.samples.length, 0);
  const first = readTiffPage(file, file.directory(parts[0]!.directory), limits);
  const extra = treatment === 'palette' ? 3 : treatment === 'none' || treatment === 'invert' ? 0 : 1;
  checkMemory(file.source.name, size * (stored * heldBytes(first.depth) + extra), limits);
  const data = createSamples(first.depth, size * stored);
  let channel = 0;
  for (const { directory, samples, shift } of parts) {
    const fields = file.directory(directory);
    const page = readTiffPage(file, fields, limits);
    await readPage(file, fields, page, limits, { data, channel, samples, region, shift });
    channel += samples.length;
  }
  switch (treatment) {
    case 'none':
      return { width, height, channels: stored, data };
    case 'invert': {
      const most = 2 ** first.storedBits - 1;
      for (let i = 0; i < data.length; i++) data[i] = most - data[i]!;
      return { width, height, channels: stored, data };
    }
    case 'grey-from-rgb':
      return { width, height, channels: 1, data: greyFromRgb(data, first.depth) };
    case 'palette':
    case 'grey-palette': {
      const channels = treatment === 'palette' ? 3 : 1;
      return { width, height, channels, data: applyPalette(data, readPalette(file, first), channels) };
    }
  }
}
