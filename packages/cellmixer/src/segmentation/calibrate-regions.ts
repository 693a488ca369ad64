import { CellMixerError } from '@cellmixer/errors';
import { type FloatImage, resampleArea } from '@cellmixer/pixels';
import { removeLight, workingScaleOf, workingSize } from '../calibration/calibrate-image.ts';
import type { Calibration } from '../contracts.ts';
import { estimateIllumination } from '../foreground/illumination.ts';
import type { CalibratedSource } from './calibrated-source.ts';
import { resampleRegion, tapsOf } from './region-resampling.ts';

/** A picture of native values that can be read in parts, e.g. from a tiled file. */
export interface RegionReader {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** The region with its corner at (x, y), always inside the picture; planar, unscaled. */
  readRegion(x: number, y: number, width: number, height: number): FloatImage | Promise<FloatImage>;
}

export interface CalibrateRegionsOptions {
  /** Native pixel size of this picture, micrometres; rescales where the calibration knows its own. */
  readonly pixelSizeUm?: number | null;
  /** Longest side of the overview that the light is measured on, px; 2,048. */
  readonly overview?: number;
}

/** Rows and columns that are read at a time for the overview. */
const BLOCK = 1024;

/**
 * Calibrates a picture region by region: what `calibrateImage` does, for pictures that are larger than memory. The
 * light is measured once, on an overview; where the picture is no larger than that, both give the same values.
 *
 * @throws INVALID_ARGUMENT where the channels differ from the calibration's
 */
export async function calibrateRegions(
  reader: RegionReader,
  calibration: Calibration,
  options: CalibrateRegionsOptions = {},
): Promise<CalibratedSource> {
  if (reader.channels !== calibration.channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the picture has ${reader.channels} channels, the calibration ${calibration.channels}`,
      { cure: 'Use pictures with the same channels as those of the training.' },
    );
  }
  const light = await measureLight(reader, calibration, options.overview ?? 2048);
  const { width, height } = workingSize(reader, workingScaleOf(calibration, options.pixelSizeUm ?? null));
  return {
    width,
    height,
    channels: reader.channels,
    readRegion: async (x, y, regionWidth, regionHeight) => {
      const columns = tapsOf(reader.width, width, x, regionWidth);
      const rows = tapsOf(reader.height, height, y, regionHeight);
      const native = await reader.readRegion(
        columns.start,
        rows.start,
        columns.end - columns.start,
        rows.end - rows.start,
      );
      const lit = lightOver(light, columns.start, rows.start, native);
      const region = resampleRegion(removeLight(native, lit, calibration.modality), columns, rows);
      return divideByScale(region, calibration.intensityScale);
    },
  };
}

/** The light of a picture that is `factor` times as large. */
interface Light {
  readonly image: FloatImage;
  readonly factor: number;
}

async function measureLight(
  reader: RegionReader,
  { modality }: Calibration,
  longest: number,
): Promise<Light> {
  const factor = Math.ceil(Math.max(reader.width, reader.height) / longest);
  const overview = await readOverview(reader, factor);
  return { image: estimateIllumination(overview, modality).image, factor };
}

function divideByScale(region: FloatImage, intensityScale: readonly number[]): FloatImage {
  const size = region.width * region.height;
  for (let c = 0; c < region.channels; c++) {
    const share = 1 / intensityScale[c]!;
    for (let i = c * size; i < (c + 1) * size; i++) region.data[i] = region.data[i]! * share;
  }
  return region;
}

/** The whole picture, `factor` times smaller; read in blocks. */
async function readOverview(reader: RegionReader, factor: number): Promise<FloatImage> {
  if (factor === 1) return reader.readRegion(0, 0, reader.width, reader.height);
  const width = Math.ceil(reader.width / factor);
  const height = Math.ceil(reader.height / factor);
  const data = new Float32Array(reader.channels * width * height);
  const block = Math.floor(BLOCK / factor) * factor;
  for (let y = 0; y < reader.height; y += block) {
    for (let x = 0; x < reader.width; x += block) {
      const part = await reader.readRegion(
        x,
        y,
        Math.min(block, reader.width - x),
        Math.min(block, reader.height - y),
      );
      const small = resampleArea(part, Math.ceil(part.width / factor), Math.ceil(part.height / factor));
      for (let c = 0; c < small.channels; c++) {
        for (let row = 0; row < small.height; row++) {
          const from = (c * small.height + row) * small.width;
          data.set(
            small.data.subarray(from, from + small.width),
            (c * height + y / factor + row) * width + x / factor,
          );
        }
      }
    }
  }
  return { width, height, channels: reader.channels, data };
}

/** The light over a region, linear between the pixels of the overview. */
function lightOver(light: Light, left: number, top: number, region: FloatImage): FloatImage {
  const { width, height, channels } = region;
  const { image, factor } = light;
  const data = new Float32Array(width * height * channels);
  const columns = Array.from({ length: width }, (_, x) => between(left + x, factor, image.width));
  for (let y = 0; y < height; y++) {
    const row = between(top + y, factor, image.height);
    for (let c = 0; c < channels; c++) {
      const upper = (c * image.height + row.first) * image.width;
      const lower = (c * image.height + row.second) * image.width;
      const to = (c * height + y) * width;
      for (let x = 0; x < width; x++) {
        const { first, second, share } = columns[x]!;
        const a = image.data[upper + first]! * (1 - share) + image.data[upper + second]! * share;
        const b = image.data[lower + first]! * (1 - share) + image.data[lower + second]! * share;
        data[to + x] = a * (1 - row.share) + b * row.share;
      }
    }
  }
  return { width, height, channels, data };
}

function between(position: number, factor: number, length: number) {
  const at = Math.min(length - 1, Math.max(0, (position + 0.5) / factor - 0.5));
  const first = Math.floor(at);
  return { first, second: Math.min(length - 1, first + 1), share: at - first };
}
