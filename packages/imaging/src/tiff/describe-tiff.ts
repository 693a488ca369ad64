import type { PixelData } from '@cellmixer/pixels';
import type { AcquisitionDate } from '../acquisition-date.ts';
import {
  annotationNote,
  type ColourTally,
  createColourTally,
  isGreyAsRgb,
  tallyColours,
} from '../grey-as-rgb.ts';
import type { ImageLimits } from '../image-limits.ts';
import type { ImageFormat, Region, SampleDepth } from '../opened-image.ts';
import { createSamples } from '../sample-type.ts';
import { isGreyPalette, readPalette } from './palette.ts';
import { readPage } from './read-page.ts';
import type { TiffFile } from './tiff-directory.ts';
import { layOut, type PlacedPlane, type TiffLayout } from './tiff-layout.ts';
import { readTiffPage, type TiffPage } from './tiff-page.ts';

/** What is done to the stored values when a plane is read. */
export type Treatment = 'none' | 'invert' | 'palette' | 'grey-palette' | 'grey-from-rgb';

/** All that is known of a TIFF without holding its pixels; plain data, so that it can cross threads. */
export interface TiffDescription {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly depth: SampleDepth;
  readonly maxValue: number;
  readonly pixelSizeUm: number | null;
  readonly acquired: AcquisitionDate | null;
  readonly planes: readonly PlacedPlane[];
  readonly pages: number;
  readonly channelNames: readonly (string | null)[];
  readonly secondsByTime: readonly number[];
  readonly isNamed: boolean;
  readonly pictures: number;
  readonly notes: readonly string[];
  readonly treatment: Treatment;
}

/** Larger pictures are judged by nine windows. */
const mostScanned = 64_000_000;

/**
 * Reads the headers, and as many pixels as it takes to know whether RGB is grey in truth and how large float
 * values are. `stored`: values as they stand in the file (for label maps): no palette, no inversion.
 */
export async function describeTiff(
  file: TiffFile,
  limits: ImageLimits,
  stored: boolean,
): Promise<TiffDescription> {
  const layout = layOut(file, limits);
  const { page, planes } = layout;
  const notes = [...layout.notes];
  const samples = planes[0]!.parts.reduce((sum, part) => sum + part.samples.length, 0);
  const isRgb =
    samples === 3 && (page.photometric === 2 || page.photometric === 6) && page.depth.kind === 'uint';
  let treatment = treatmentOf(file, layout, stored);
  if (isRgb && layout.format !== 'imagej-tiff') {
    const tally = await countColours(file, layout, limits);
    if (tally.coloured === 0 || (!stored && isGreyAsRgb(tally))) {
      treatment = 'grey-from-rgb';
      const note = annotationNote(tally);
      if (note) notes.push(note);
    }
  }
  if (treatment === 'invert') notes.push('stored with 0 as white; values were turned so that 0 is black');
  const expanded = treatment === 'palette' || treatment === 'grey-palette';
  const depth: SampleDepth = expanded ? { bits: 8, kind: 'uint' } : page.depth;
  return {
    format: layout.format,
    width: page.width,
    height: page.height,
    channels: treatment === 'palette' ? 3 : treatment === 'grey-from-rgb' ? 1 : samples,
    depth,
    maxValue: expanded ? 255 : await maxValueOf(file, layout, limits),
    pixelSizeUm: layout.pixelSizeUm,
    acquired: layout.acquired,
    planes,
    pages: layout.pages,
    channelNames: layout.channelNames,
    secondsByTime: layout.secondsByTime,
    isNamed: layout.isNamed,
    pictures: layout.pictures,
    notes,
    treatment,
  };
}

/** In ImageJ's and OME's files palettes and inversion are a way to show numbers, elsewhere they are the picture. */
function treatmentOf(file: TiffFile, { page, format }: TiffLayout, stored: boolean): Treatment {
  if (stored || format !== 'tiff') return 'none';
  if (page.photometric === 0 && page.depth.kind === 'uint' && page.storedBits <= 32) return 'invert';
  if (page.photometric !== 3) return 'none';
  return isGreyPalette(readPalette(file, page)) ? 'grey-palette' : 'palette';
}

async function maxValueOf(file: TiffFile, layout: TiffLayout, limits: ImageLimits): Promise<number> {
  const { depth, storedBits } = layout.page;
  if (depth.kind === 'uint') return 2 ** storedBits - 1;
  if (depth.kind === 'int') return 2 ** (storedBits - 1) - 1;
  let most = 0;
  await visitParts(file, layout, limits, (data) => {
    for (let i = 0; i < data.length; i++) if (data[i]! > most && data[i]! < Infinity) most = data[i]!;
    return true;
  });
  return most <= 1 ? 1 : most <= 65_535 ? 65_535 : most;
}

async function countColours(file: TiffFile, layout: TiffLayout, limits: ImageLimits): Promise<ColourTally> {
  const { page } = layout;
  const tally = createColourTally();
  const maxValue = 2 ** page.storedBits - 1;
  await visitParts(file, layout, limits, (data, region) => {
    const part = { width: region.width, height: region.height, channels: 3, data };
    tallyColours(tally, part, maxValue, page, region.x, region.y);
    return tally.coloured < 0.05 * page.width * page.height;
  });
  return tally;
}

/** Reads the first plane band by band (or nine windows of a very large one) until `visit` has seen enough. */
async function visitParts(
  file: TiffFile,
  { page, planes }: TiffLayout,
  limits: ImageLimits,
  visit: (data: PixelData, region: Region) => boolean,
): Promise<void> {
  for (const region of page.width * page.height > mostScanned ? windowsOf(page) : bandsOf(page)) {
    const parts = planes[0]!.parts;
    const channels = parts.reduce((sum, part) => sum + part.samples.length, 0);
    const data = createSamples(page.depth, region.width * region.height * channels);
    let channel = 0;
    for (const { directory, samples, shift } of parts) {
      const fields = file.directory(directory);
      await readPage(file, fields, readTiffPage(file, fields, limits), limits, {
        data,
        channel,
        samples,
        region,
        shift,
      });
      channel += samples.length;
    }
    if (!visit(data, region)) return;
  }
}

/** Bands of whole chunks, so that none is unpacked twice. */
function bandsOf(page: TiffPage): Region[] {
  const rows = Math.ceil(Math.max(1, 2_000_000 / page.width) / page.chunkHeight) * page.chunkHeight;
  const bands: Region[] = [];
  for (let y = 0; y < page.height; y += rows) {
    bands.push({ x: 0, y, width: page.width, height: Math.min(rows, page.height - y) });
  }
  return bands;
}

function windowsOf(page: TiffPage): Region[] {
  const width = Math.min(1024, page.width);
  const height = Math.min(1024, page.height);
  return [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => ({
      x: Math.floor(((page.width - width) * column) / 2),
      y: Math.floor(((page.height - height) * row) / 2),
      width,
      height,
    })),
  );
}
