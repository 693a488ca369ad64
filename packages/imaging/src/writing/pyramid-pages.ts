import { tags } from '../tiff/tiff-tags.ts';
import { type PyramidLevel, tileSide } from './pyramid-levels.ts';
import type { SampleFormat } from './sample-format.ts';
import type { IndexField, IndexPage } from './tiff-index.ts';

/** What the pages of a pyramid have in common. */
export interface PagesOfPyramid {
  readonly levels: readonly PyramidLevel[];
  /** Samples of a pixel: 3 in the one page of an RGB picture, else 1. */
  readonly samples: number;
  readonly format: SampleFormat;
  readonly predictor: 2 | 3;
  readonly pixelSizeUm: number | null;
  /** OME-XML for the first page. */
  readonly description: string;
}

const adobeDeflate = 8;
const reducedImage = 1;
const centimetre = 3;
const noUnit = 1;

/** One page for each channel (or one RGB page), its smaller resolutions hanging from it. */
export function pagesOf(pyramid: PagesOfPyramid): IndexPage[] {
  const [full, ...reduced] = pyramid.levels;
  return full!.tiles.map((_, page) => ({
    fields: [
      ...fieldsOf(pyramid, full!, page, 0),
      ...(page === 0
        ? [{ tag: tags.imageDescription, type: 'ascii', text: pyramid.description } as const]
        : []),
    ],
    reduced: reduced.map((level, i) => ({ fields: fieldsOf(pyramid, level, page, i + 1), reduced: [] })),
  }));
}

function fieldsOf(
  { samples, format, predictor, pixelSizeUm }: PagesOfPyramid,
  level: PyramidLevel,
  page: number,
  step: number,
): IndexField[] {
  const tiles = level.tiles[page]!;
  const each = (value: number): number[] => new Array<number>(samples).fill(value);
  const resolution = pixelSizeUm === null ? [1, 1] : rational(10_000 / (pixelSizeUm * 2 ** step));
  return [
    { tag: tags.newSubfileType, type: 'long', values: [step === 0 ? 0 : reducedImage] },
    { tag: tags.imageWidth, type: 'long', values: [level.width] },
    { tag: tags.imageLength, type: 'long', values: [level.height] },
    { tag: tags.bitsPerSample, type: 'short', values: each(format.depth.bits) },
    { tag: tags.compression, type: 'short', values: [adobeDeflate] },
    { tag: tags.photometric, type: 'short', values: [samples === 3 ? 2 : 1] },
    { tag: tags.samplesPerPixel, type: 'short', values: [samples] },
    { tag: tags.xResolution, type: 'rational', values: resolution },
    { tag: tags.yResolution, type: 'rational', values: resolution },
    { tag: tags.planarConfiguration, type: 'short', values: [1] },
    { tag: tags.resolutionUnit, type: 'short', values: [pixelSizeUm === null ? noUnit : centimetre] },
    { tag: tags.software, type: 'ascii', text: 'CellMixer' },
    { tag: tags.predictor, type: 'short', values: [predictor] },
    { tag: tags.tileWidth, type: 'long', values: [tileSide] },
    { tag: tags.tileLength, type: 'long', values: [tileSide] },
    { tag: tags.tileOffsets, type: 'offset', values: tiles.map(({ offset }) => offset) },
    { tag: tags.tileByteCounts, type: 'long', values: tiles.map(({ bytes }) => bytes) },
    { tag: tags.sampleFormat, type: 'short', values: each(format.tiff) },
  ];
}

/** A positive number as a fraction of two 32-bit numbers, as exact as a power of ten below the line allows. */
function rational(value: number): [number, number] {
  let below = 1;
  while (below < 1e9 && value * below * 10 < 2 ** 32) below *= 10;
  return [Math.max(1, Math.min(0xffff_ffff, Math.round(value * below))), below];
}
