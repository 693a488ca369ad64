import { type AcquisitionDate, dateOfDirectory } from '../acquisition-date.ts';
import { damaged, unsupported } from '../image-errors.ts';
import type { ImageLimits } from '../image-limits.ts';
import type { ImageFormat, PlaneIndex } from '../opened-image.ts';
import { fromResolution } from '../pixel-size.ts';
import { type ImageJStack, imageJPixelSize, parseImageJ } from './imagej-description.ts';
import { type OmeImage, parseOme, visitPlanes } from './ome-xml.ts';
import { parseShaped, type ShapedStack } from './shaped-description.ts';
import type { TiffDirectory, TiffFile } from './tiff-directory.ts';
import { decodedChunkBytes, readTiffPage, type TiffPage } from './tiff-page.ts';
import { tags } from './tiff-tags.ts';

/** Where some channels of a plane are. */
export interface PlanePart {
  /** Offset of the page's directory. */
  readonly directory: number;
  /** Samples of that page, in order. */
  readonly samples: readonly number[];
  /** Bytes from the page's chunks to this plane's; not 0 only in ImageJ's stacks. */
  readonly shift: number;
}

export interface PlacedPlane extends PlaneIndex {
  readonly parts: readonly PlanePart[];
}

/** How the pages of a file make planes. */
export interface TiffLayout {
  readonly format: ImageFormat;
  readonly page: TiffPage;
  readonly pages: number;
  readonly planes: readonly PlacedPlane[];
  readonly channelNames: readonly (string | null)[];
  readonly pixelSizeUm: number | null;
  readonly acquired: AcquisitionDate | null;
  /** Seconds of every time point after the first, by its index; empty where the file does not say. */
  readonly secondsByTime: readonly number[];
  /** Whether the file says what its pages are to each other; else they were taken as time points. */
  readonly isNamed: boolean;
  /** Pictures in the file, of which the first is read. */
  readonly pictures: number;
  readonly notes: readonly string[];
}

const longestDescription = 32 * 1024 * 1024;

/** Orders the pages of a file into time points, slices and channels. */
export function layOut(file: TiffFile, limits: ImageLimits): TiffLayout {
  const directories = file.directories(limits.pages);
  const first = directories[0]!;
  refuseMakers(file.source.name, first);
  const page = readTiffPage(file, first, limits);
  const description = first.text(tags.imageDescription, longestDescription);
  const ome = parseOme(file.source.name, description, limits.pages);
  if (ome) return layOutOme(file, directories, page, ome, limits);
  const stack = parseImageJ(description);
  if (stack) return layOutImageJ(file, directories, page, stack, limits);
  const shaped = parseShaped(description);
  if (shaped && directories.length > 1 && pagesOf(shaped) === directories.length)
    return layOutShaped(file, directories, page, shaped, limits);
  return layOutPages(file, directories, page, description, limits);
}

function layOutOme(
  file: TiffFile,
  directories: readonly TiffDirectory[],
  page: TiffPage,
  ome: OmeImage,
  limits: ImageLimits,
): TiffLayout {
  const { name } = file.source;
  if (ome.sizeX !== page.width || ome.sizeY !== page.height) {
    throw damaged(
      name,
      `its OME-XML says ${ome.sizeX} × ${ome.sizeY} pixels, its first page is ${page.width} × ${page.height}`,
    );
  }
  const found = new Map<string, { z: number; t: number; pages: (number | undefined)[] }>();
  visitPlanes(ome, (z, c, t, index) => {
    const plane = found.get(`${t},${z}`) ?? { z, t, pages: new Array(ome.channels.length).fill(undefined) };
    plane.pages[c] = index;
    found.set(`${t},${z}`, plane);
  });
  const checked = new Set<number>();
  const planes: PlacedPlane[] = [];
  for (const { z, t, pages } of found.values()) {
    if (pages.includes(undefined)) continue;
    const parts = pages.map((index, channel): PlanePart => {
      const directory = directories[index ?? -1];
      if (!directory) {
        throw damaged(name, `its OME-XML speaks of page ${(index ?? 0) + 1}; it has ${directories.length}`);
      }
      if (!checked.has(directory.offset))
        agree(name, page, readTiffPage(file, directory, limits), index ?? 0);
      checked.add(directory.offset);
      // Channels of one page stand for its samples; otherwise a page is one channel.
      const samples =
        ome.channels[channel]?.samples === 1 && page.samples > 1 ? [channel % page.samples] : colours(page);
      return { directory: directory.offset, samples, shift: 0 };
    });
    planes.push({ time: t, z, parts });
  }
  if (planes.length === 0) throw damaged(name, 'its OME-XML places no complete plane in this file');
  planes.sort((a, b) => a.time - b.time || a.z - b.z);
  const notes: string[] = [];
  if (ome.series > 1) notes.push(`the first of ${ome.series} pictures in the file was taken`);
  if (ome.otherFiles.length > 0) notes.push(`planes in ${ome.otherFiles.length} other files were left out`);
  return {
    format: 'ome-tiff',
    page,
    pages: directories.length,
    planes,
    channelNames: ome.channels.flatMap((channel) =>
      new Array<string | null>(channel.samples).fill(channel.name),
    ),
    pixelSizeUm: ome.pixelSizeUm,
    acquired: ome.acquiredAt && { at: ome.acquiredAt, from: 'exposure' },
    secondsByTime: ome.secondsByTime,
    isNamed: true,
    pictures: ome.series,
    notes,
  };
}

/** ImageJ's order is channels, then slices, then frames. A stack may describe only its first plane. */
function layOutImageJ(
  file: TiffFile,
  directories: readonly TiffDirectory[],
  page: TiffPage,
  stack: ImageJStack,
  limits: ImageLimits,
): TiffLayout {
  const { name } = file.source;
  const inPage = colours(page);
  // "channels=3" of a page with three samples counts those.
  const channels = stack.images === 1 || stack.channels === inPage.length * stack.images ? 1 : stack.channels;
  const count = Math.max(1, channels * stack.slices * stack.frames);
  const hidden = directories.length === 1 && count > 1;
  if (count > limits.pages || (!hidden && directories.length < count)) {
    throw damaged(name, `ImageJ's description speaks of ${count} planes; it has ${directories.length} pages`);
  }
  const planeBytes = decodedChunkBytes(page, 1) * page.height;
  if (hidden) checkHidden(file, directories[0]!, page, planeBytes, count);
  const planes: PlacedPlane[] = [];
  for (let time = 0; time < stack.frames; time++) {
    for (let z = 0; z < stack.slices; z++) {
      const parts: PlanePart[] = [];
      for (let channel = 0; channel < channels; channel++) {
        const index = (time * stack.slices + z) * channels + channel;
        const directory = directories[hidden ? 0 : index]!;
        if (index > 0 && !hidden) agree(name, page, readTiffPage(file, directory, limits), index);
        parts.push({ directory: directory.offset, samples: inPage, shift: hidden ? index * planeBytes : 0 });
      }
      planes.push({ time, z, parts });
    }
  }
  return {
    format: 'imagej-tiff',
    page,
    pages: directories.length,
    planes,
    channelNames: [],
    pixelSizeUm: imageJPixelSize(stack, directories[0]!.number(tags.xResolution) ?? Number.NaN),
    acquired: dateOfDirectory(file, directories[0]!),
    secondsByTime: Array.from(
      { length: stack.frameSeconds === null ? 0 : stack.frames },
      (_, time) => time * (stack.frameSeconds ?? 0),
    ),
    isNamed: true,
    pictures: 1,
    notes: [],
  };
}

/** The planes that follow the first without pages of their own must lie in the file, unpacked, in one piece. */
function checkHidden(
  file: TiffFile,
  directory: TiffDirectory,
  page: TiffPage,
  planeBytes: number,
  count: number,
): void {
  const { name, size } = file.source;
  if (page.compression !== 1 || page.tiled || page.separate) {
    throw damaged(name, `ImageJ's description speaks of ${count} planes; it has one page`);
  }
  const start = directory.number(tags.stripOffsets) ?? 0;
  if (start + planeBytes * count > size) {
    throw damaged(
      name,
      `${count} planes of ${planeBytes} bytes do not fit into ${size} bytes; probably cut short`,
    );
  }
}

const pagesOf = (stack: ShapedStack): number => stack.reduce((product, { size }) => product * size, 1);

/** tifffile names the axes that the pages count, in any order. */
function layOutShaped(
  file: TiffFile,
  directories: readonly TiffDirectory[],
  page: TiffPage,
  stack: ShapedStack,
  limits: ImageLimits,
): TiffLayout {
  const samples = colours(page);
  const found = new Map<string, PlaneIndex & { readonly parts: PlanePart[] }>();
  // Pages of one plane come channel by channel, whatever else lies between them.
  for (const [index, directory] of directories.entries()) {
    if (index > 0) agree(file.source.name, page, readTiffPage(file, directory, limits), index);
    const at = { T: 0, Z: 0, C: 0 };
    let rest = index;
    for (const { axis, size } of stack.toReversed()) {
      at[axis] = rest % size;
      rest = Math.floor(rest / size);
    }
    const plane = found.get(`${at.T},${at.Z}`) ?? { time: at.T, z: at.Z, parts: [] };
    plane.parts.push({ directory: directory.offset, samples, shift: 0 });
    found.set(`${at.T},${at.Z}`, plane);
  }
  const planes = [...found.values()].sort((a, b) => a.time - b.time || a.z - b.z);
  return {
    format: 'tiff',
    page,
    pages: directories.length,
    planes,
    channelNames: [],
    pixelSizeUm: plainPixelSize(directories[0]!, ''),
    acquired: dateOfDirectory(file, directories[0]!),
    secondsByTime: [],
    isNamed: true,
    pictures: 1,
    notes: [],
  };
}

/** Without a word about dimensions, pages are time points. */
function layOutPages(
  file: TiffFile,
  directories: readonly TiffDirectory[],
  page: TiffPage,
  description: string,
  limits: ImageLimits,
): TiffLayout {
  const { name } = file.source;
  const notes: string[] = [];
  const planes: PlacedPlane[] = [];
  const samples = colours(page);
  for (const [index, directory] of directories.entries()) {
    // Bit 0: a reduced copy; bit 2: a transparency mask. Aperio's later pages are copies, label and macro.
    const subfile = directory.number(tags.newSubfileType) ?? 0;
    if (index > 0 && ((subfile & 5) !== 0 || description.startsWith('Aperio'))) continue;
    if (index > 0) {
      const other = readTiffPage(file, directory, limits);
      if (other.width * 2 <= page.width && other.height * 2 <= page.height) {
        notes.push(`page ${index + 1} is a small copy (${other.width} × ${other.height}) and was left out`);
        continue;
      }
      agree(name, page, other, index);
    }
    planes.push({ time: planes.length, z: 0, parts: [{ directory: directory.offset, samples, shift: 0 }] });
  }
  return {
    format: 'tiff',
    page,
    pages: directories.length,
    planes,
    channelNames: [],
    pixelSizeUm: plainPixelSize(directories[0]!, description),
    acquired: dateOfDirectory(file, directories[0]!),
    secondsByTime: [],
    isNamed: planes.length === 1,
    pictures: 1,
    notes,
  };
}

function plainPixelSize(directory: TiffDirectory, description: string): number | null {
  // Aperio's scanners write "|MPP = 0.2520".
  const scanner = /\|\s*MPP\s*=\s*([\d.]+)/.exec(description.startsWith('Aperio') ? description : '');
  if (scanner) return Number(scanner[1]) || null;
  return fromResolution(
    directory.number(tags.xResolution) ?? Number.NaN,
    directory.number(tags.resolutionUnit) ?? 2,
  );
}

/** The samples of a pixel that are not alpha. */
function colours(page: TiffPage): number[] {
  return Array.from({ length: page.samples }, (_, i) => i).filter((i) => !page.alpha.includes(i));
}

function agree(name: string, first: TiffPage, other: TiffPage, index: number): void {
  const kind = (page: TiffPage): string =>
    `${page.width} × ${page.height}, ${page.samples} × ${page.storedBits} bits`;
  if (kind(first) !== kind(other) || first.depth.kind !== other.depth.kind) {
    throw unsupported(
      name,
      `page ${index + 1} is ${kind(other)}, page 1 is ${kind(first)}; all pages must agree`,
      'Save the pages as separate files.',
    );
  }
}

function refuseMakers(name: string, directory: TiffDirectory): void {
  const maker = directory.has(tags.zeissLsm)
    ? 'a Zeiss LSM file'
    : directory.has(tags.hamamatsuNdpi)
      ? 'a Hamamatsu NDPI slide'
      : directory.count(tags.metaMorphPlanes) > 1
        ? 'a MetaMorph stack (STK)'
        : null;
  if (maker) {
    throw unsupported(
      name,
      `this is ${maker}`,
      'Open it in Fiji (Plugins › Bio-Formats › Bio-Formats Importer) and save it as OME-TIFF (File › Save As › OME-TIFF).',
    );
  }
}
