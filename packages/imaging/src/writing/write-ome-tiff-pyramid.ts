import { CellMixerError } from '@cellmixer/errors';
import type { Raster } from '@cellmixer/pixels';
import { type Band, cutTile } from './cut-tile.ts';
import { describeOme, uuidFrom } from './describe-ome.ts';
import type { Reduction } from './halve.ts';
import { MemoryFile, type PositionedFile } from './memory-file.ts';
import { OrderedPacking, writeAll } from './ordered-packing.ts';
import { checkPyramid, isRgb } from './picture-checks.ts';
import { predict, predictorFor } from './predictor.ts';
import { heldBand, type PyramidLevel, planLevels, reduceTile, tileSide } from './pyramid-levels.ts';
import type { OmeTiffContent, OmeTiffOptions, WrittenPyramid } from './pyramid-options.ts';
import { pagesOf } from './pyramid-pages.ts';
import { sampleFormatOf } from './sample-format.ts';
import { bandsOf } from './source-bands.ts';
import { encodeIndex, headerBytes } from './tiff-index.ts';
import { writeWholeFile } from './whole-file.ts';

/**
 * Writes a picture as a pyramid that viewers read in parts: OME-TIFF with tiles of 512 × 512, packed without loss
 * (deflate; predictor 2, for floats 3), smaller resolutions as SubIFDs, each half of the one before. Integers are
 * averaged with exact rounding. One page a channel; RGB of 8 bits is one page. Equal input gives equal bytes.
 *
 * Holds a raster's own array or a band of an opened picture, one row of tiles of each smaller level, and a few
 * tiles. Packing runs in libuv's threads.
 *
 * @throws INVALID_ARGUMENT, OUTPUT_UNWRITABLE, CANCELLED, and what reading the picture throws; nothing is left then
 */
export async function writeOmeTiffPyramid(options: OmeTiffOptions): Promise<WrittenPyramid> {
  const { path } = options;
  checkPyramid(path, options);
  return await writeWholeFile(path, (file) => writePyramid(path, options, file));
}

/**
 * The same bytes in memory: for small pictures, whose way over the disk would cost more than they do.
 *
 * @throws INVALID_ARGUMENT, CANCELLED, and what reading the picture throws
 */
export async function encodeOmeTiffPyramid(
  content: OmeTiffContent,
): Promise<WrittenPyramid & { readonly data: Uint8Array }> {
  const subject = content.name ?? 'pyramid';
  checkPyramid(subject, content);
  const file = new MemoryFile();
  return { ...(await writePyramid(subject, content, file)), data: file.data };
}

async function writePyramid(
  subject: string,
  options: OmeTiffContent,
  file: PositionedFile,
): Promise<WrittenPyramid> {
  const { picture, pixelSizeUm, reduction = 'mean', signal } = options;
  const { width, height, channels } = picture;
  const packing = new OrderedPacking(file, headerBytes);
  let pyramid: Pyramid | undefined;
  let row = 0;
  let overview: Raster | undefined;
  for await (const raster of bandsOf(options)) {
    pyramid ??= startPyramid(options, raster, reduction, packing);
    overview ??= raster;
    for (let y = 0; y < raster.height; y += tileSide, row++) {
      const rows = Math.min(tileSide, raster.height - y);
      const channelStride = width * raster.height;
      await writeRow(
        pyramid,
        0,
        row,
        { data: raster.data, first: y * width, channelStride, width, rows },
        signal,
      );
    }
  }
  if (!pyramid || !overview)
    throw new CellMixerError('INVALID_ARGUMENT', `"${subject}": the picture has no rows`);
  const { levels, format, samples } = pyramid;
  const uuid = uuidFrom(await packing.finish());
  const names = options.channelNames ?? [];
  const description = describeOme({
    name: options.name ?? null,
    width,
    height,
    type: format.ome,
    significantBits: options.significantBits ?? null,
    pixelSizeUm,
    channels: levels[0]!.tiles.map((_, page) => ({ name: names[page] ?? null, samples })),
    uuid,
  });
  const predictor = predictorFor(overview.data);
  const start = Math.ceil(packing.position / 8) * 8;
  const pages = pagesOf({ levels, samples, format, predictor, pixelSizeUm, description });
  const index = encodeIndex(pages, start, options.bigTiff);
  await writeAll(file, index.bytes, start);
  await writeAll(file, index.header, 0);
  const last = levels.at(-1)!;
  return {
    bytes: start + index.bytes.length,
    bigTiff: index.big,
    levels: levels.map((level) => ({ width: level.width, height: level.height })),
    overview:
      levels.length === 1 ? overview : { width: last.width, height: last.height, channels, data: last.held },
  };
}

/** A pyramid in the making. */
interface Pyramid {
  readonly levels: readonly PyramidLevel[];
  readonly format: ReturnType<typeof sampleFormatOf>;
  /** Channels of each page. */
  readonly pages: readonly (readonly number[])[];
  readonly channels: number;
  readonly samples: number;
  readonly reduction: Reduction;
  readonly packing: OrderedPacking;
}

function startPyramid(
  options: OmeTiffContent,
  first: Raster,
  reduction: Reduction,
  packing: OrderedPacking,
): Pyramid {
  const { channels } = options.picture;
  const format = sampleFormatOf(first.data);
  const all = Array.from({ length: channels }, (_, channel) => channel);
  const pages = isRgb(options, format.depth) ? [all] : all.map((channel) => [channel]);
  const levels = planLevels(options.picture, channels, pages.length, format.depth);
  return { levels, format, pages, channels, samples: pages[0]!.length, reduction, packing };
}

/** Packs one row of tiles of a level, and the rows of the smaller levels that become full by it. */
async function writeRow(
  pyramid: Pyramid,
  index: number,
  row: number,
  band: Band,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { levels, pages, channels, samples, reduction, packing } = pyramid;
  const level = levels[index]!;
  const next = levels[index + 1];
  for (let across = 0; across < level.across; across++) {
    const x = across * tileSide;
    if (next) reduceTile(band, level, next, channels, row, x, reduction);
    for (const [page, members] of pages.entries()) {
      if (signal?.aborted) throw cancelled(signal);
      const tile = cutTile(band, members, x, tileSide, pyramid.format.depth);
      const place = row * level.across + across;
      await packing.add(predict(tile, tileSide * samples, samples), (packed) => {
        level.tiles[page]![place] = packed;
      });
    }
  }
  // Two rows of tiles make one of the next level; the last may stand alone, or have nothing to give.
  const half = row >> 1;
  if (next && half < next.down && (row % 2 === 1 || row === level.down - 1)) {
    await writeRow(pyramid, index + 1, half, heldBand(next, half), signal);
  }
}

function cancelled(signal: AbortSignal): CellMixerError {
  return new CellMixerError('CANCELLED', 'writing the picture was stopped before its end', {
    cause: signal.reason,
  });
}
