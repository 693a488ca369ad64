import { damaged, grouped, tooLarge, unsupported } from '../image-errors.ts';
import type { ImageLimits } from '../image-limits.ts';
import { checkPixels } from '../image-limits.ts';
import type { SampleDepth } from '../opened-image.ts';
import { compressionGain, compressionName } from './compression.ts';
import type { TiffDirectory, TiffFile } from './tiff-directory.ts';
import { tags } from './tiff-tags.ts';

/** One page whose header has been checked: nothing here asks for more than the file and the limits allow. */
export interface TiffPage {
  /** Offset of its directory. */
  readonly offset: number;
  readonly littleEndian: boolean;
  readonly width: number;
  readonly height: number;
  /** Samples of a pixel, alpha included. */
  readonly samples: number;
  /** Bits of a sample as stored, 1 to 64. */
  readonly storedBits: number;
  /** How `read` gives them. */
  readonly depth: SampleDepth;
  readonly photometric: number;
  readonly compression: number;
  readonly predictor: number;
  /** Each sample has chunks of its own. */
  readonly separate: boolean;
  /** Tile size; a strip is as wide as the picture. */
  readonly chunkWidth: number;
  readonly chunkHeight: number;
  readonly tiled: boolean;
  readonly across: number;
  readonly down: number;
  /** Samples that are alpha. */
  readonly alpha: readonly number[];
}

const maxChunks = 4_000_000;
const maxSamples = 1024;

/** Reads and checks a page's header. */
export function readTiffPage(file: TiffFile, directory: TiffDirectory, limits: ImageLimits): TiffPage {
  const { name, size } = file.source;
  const width = directory.number(tags.imageWidth) ?? 0;
  const height = directory.number(tags.imageLength) ?? 0;
  if (!isCount(width) || !isCount(height)) throw damaged(name, `the picture is ${width} × ${height} pixels`);
  checkPixels(name, width, height, limits);
  const samples = directory.number(tags.samplesPerPixel) ?? 1;
  if (!isCount(samples) || samples > maxSamples) throw damaged(name, `${samples} samples in a pixel`);
  const { storedBits, depth } = readDepth(name, directory, samples);
  const compression = directory.number(tags.compression) ?? 1;
  const gain = compressionGain(compression);
  if (gain === undefined) {
    throw unsupported(
      name,
      `it is packed with ${compressionName(compression)}`,
      'Open it in Fiji (File › Open, or Plugins › Bio-Formats) and save it as TIFF.',
    );
  }
  if (compression === 7 && (storedBits !== 8 || depth.kind !== 'uint')) {
    throw unsupported(
      name,
      `${storedBits}-bit JPEG`,
      'Open it in Fiji (Plugins › Bio-Formats) and save it as TIFF.',
    );
  }
  const predictor = directory.number(tags.predictor) ?? 1;
  checkPredictor(name, predictor, storedBits, depth);
  if ((directory.number(tags.fillOrder) ?? 1) !== 1 && (storedBits < 8 || compression !== 1)) {
    throw unsupported(name, 'its bits run backwards (FillOrder 2)', 'Open it in Fiji and save it as TIFF.');
  }
  const planar = directory.number(tags.planarConfiguration) ?? 1;
  if (planar !== 1 && planar !== 2) throw damaged(name, `PlanarConfiguration is ${planar}`);
  const separate = planar === 2 && samples > 1;
  const tiled = directory.has(tags.tileOffsets) || directory.has(tags.tileWidth);
  const rows = directory.number(tags.rowsPerStrip) ?? height;
  const chunkWidth = tiled ? (directory.number(tags.tileWidth) ?? 0) : width;
  const chunkHeight = tiled ? (directory.number(tags.tileLength) ?? 0) : Math.min(rows || height, height);
  if (!isCount(chunkWidth) || !isCount(chunkHeight)) {
    throw damaged(name, `its tiles are ${chunkWidth} × ${chunkHeight} pixels`);
  }
  const across = Math.ceil(width / chunkWidth);
  const down = Math.ceil(height / chunkHeight);
  const chunks = across * down * (separate ? samples : 1);
  if (chunks > maxChunks) {
    throw tooLarge(
      name,
      `${chunks} tiles or strips; at most ${maxChunks}`,
      'Save it with tiles of 512 × 512.',
    );
  }
  const offsets = directory.count(tiled ? tags.tileOffsets : tags.stripOffsets);
  if (offsets < chunks) throw damaged(name, `${offsets} tiles or strips where ${chunks} are needed`);
  const page: TiffPage = {
    offset: directory.offset,
    littleEndian: file.littleEndian,
    width,
    height,
    samples,
    storedBits,
    depth,
    photometric: directory.number(tags.photometric) ?? 1,
    compression,
    predictor,
    separate,
    chunkWidth,
    chunkHeight,
    tiled,
    across,
    down,
    alpha: alphaSamples(directory, samples),
  };
  checkPhotometric(name, page);
  // Tiles that stick out beyond the edge are as large as the others; a bomb is a huge tile of a small picture.
  const chunkBytes = decodedChunkBytes(page, chunkHeight);
  if (compression !== 1 && chunkBytes > limits.memoryBytes / 2) {
    throw tooLarge(
      name,
      `one of its tiles or strips unpacks to ${grouped(chunkBytes)} bytes`,
      'Save it with tiles of 512 × 512, e.g. from QuPath or Fiji.',
    );
  }
  if (chunkBytes > size * gain + 65_536 && !mayBeSparse(directory, tiled)) {
    throw damaged(
      name,
      `${grouped(width)} × ${grouped(height)} pixels cannot be in a file of ${grouped(size)} bytes`,
    );
  }
  return page;
}

/** Bytes of `rows` rows of a chunk once unpacked. */
export function decodedChunkBytes(page: TiffPage, rows: number): number {
  return Math.ceil((page.chunkWidth * (page.separate ? 1 : page.samples) * page.storedBits) / 8) * rows;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value < 2 ** 31;
}

/** Some writers leave empty tiles out and give them zero bytes. */
function mayBeSparse(directory: TiffDirectory, tiled: boolean): boolean {
  return tiled && directory.number(tags.tileByteCounts) === 0;
}

function readDepth(
  name: string,
  directory: TiffDirectory,
  samples: number,
): { storedBits: number; depth: SampleDepth } {
  const allBits = directory.numbers(tags.bitsPerSample, samples);
  const storedBits = allBits[0] ?? 1;
  const formats = directory.numbers(tags.sampleFormat, samples);
  const format = formats[0] ?? 1;
  if (allBits.some((bits) => bits !== storedBits) || formats.some((other) => other !== format)) {
    throw unsupported(
      name,
      `its channels have different depths (${allBits.join(', ')} bits)`,
      'Open it in Fiji and save it as 8- or 16-bit TIFF.',
    );
  }
  const kind = format === 3 ? 'float' : format === 2 ? 'int' : 'uint';
  const whole = storedBits === 8 || storedBits === 16 || storedBits === 32 || storedBits === 64;
  const known =
    format >= 1 &&
    format <= 4 &&
    (kind === 'float' ? whole && storedBits > 8 : whole || (kind === 'uint' && storedBits < 16));
  if (!known || storedBits < 1) {
    throw unsupported(
      name,
      `its samples are ${storedBits} bits of format ${format}`,
      'Open it in Fiji and save it as 8-, 16- or 32-bit TIFF.',
    );
  }
  const bits = storedBits <= 8 ? 8 : storedBits <= 16 ? 16 : storedBits === 32 ? 32 : 64;
  return { storedBits, depth: { bits: kind === 'float' && bits === 16 ? 32 : bits, kind } };
}

function checkPredictor(name: string, predictor: number, storedBits: number, depth: SampleDepth): void {
  const fits =
    predictor === 1 ||
    (predictor === 2 && storedBits % 8 === 0) ||
    (predictor === 3 && depth.kind === 'float');
  if (!fits) throw damaged(name, `predictor ${predictor} does not go with ${storedBits}-bit samples`);
}

function checkPhotometric(name: string, page: TiffPage): void {
  const { photometric, compression, samples } = page;
  const colour: Readonly<Record<number, string>> = {
    4: 'a transparency mask',
    5: 'in printing colours (CMYK)',
    6: 'in video colours (YCbCr) that are not packed as JPEG',
    8: 'in Lab colours',
    9: 'in Lab colours',
    10: 'in Lab colours',
    32803: "a camera's raw picture",
    34892: "a camera's raw picture",
  };
  const word = photometric === 6 && compression === 7 ? undefined : colour[photometric];
  if (word !== undefined) {
    throw unsupported(name, `the picture is ${word}`, 'Open it in Fiji and save it as RGB or grey TIFF.');
  }
  if ((photometric === 2 || photometric === 6) && samples < 3) {
    throw damaged(name, `colour, but ${samples} samples in a pixel`);
  }
}

function alphaSamples(directory: TiffDirectory, samples: number): number[] {
  const extra = directory.numbers(tags.extraSamples, samples);
  return extra.flatMap((kind, i) => (kind === 1 || kind === 2 ? [samples - extra.length + i] : []));
}
