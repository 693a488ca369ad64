import { CellMixerError } from '@cellmixer/errors';
import type { Raster } from '@cellmixer/pixels';
import { type AcquisitionDate, dateOfExif } from './acquisition-date.ts';
import { annotationNote, createColourTally, greyFromRgb, isGreyAsRgb, tallyColours } from './grey-as-rgb.ts';
import { damaged, grouped, tooLarge, unsupported } from './image-errors.ts';
import { canHold, checkMemory, checkPixels, type ImageLimits } from './image-limits.ts';
import { fromResolution } from './pixel-size.ts';
import { planarFromInterleaved } from './planar.ts';
import { pngSamples, readPngHeader } from './png-header.ts';
import { readPngIndices } from './png-indices.ts';
import type { ReadableKind } from './recognise.ts';
import { sharp } from './sharp-settings.ts';

/** A PNG, JPEG or WebP, decoded whole. */
export interface CodedPicture {
  readonly raster: Raster<Uint8Array | Uint16Array>;
  readonly greyAsRgb: boolean;
  readonly pixelSizeUm: number | null;
  readonly acquired: AcquisitionDate | null;
  readonly notes: readonly string[];
}

interface CodedHeader {
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  readonly wide: boolean;
  readonly pixelSizeUm: number | null;
  readonly acquired: AcquisitionDate | null;
  readonly notes: readonly string[];
}

/** Most bytes out for one byte in: deflate 1032; JPEG and WebP code even areas in fractions of a bit. */
const gains = { png: 1040, jpeg: 2000, webp: 50_000 } as const;

/**
 * Decodes a PNG, JPEG or WebP. `stored`: the numbers of a palette or of a grey picture of few bits as they
 * stand in the file (for label maps), not colours stretched to 0…255.
 */
export async function decodeCodedPicture(
  name: string,
  kind: Exclude<ReadableKind, 'tiff'>,
  bytes: Uint8Array,
  limits: ImageLimits,
  stored: boolean,
): Promise<CodedPicture> {
  const png = kind === 'png' ? readPngHeader(name, bytes) : null;
  if (png)
    checkSize(
      name,
      kind,
      bytes.length,
      png.width,
      png.height,
      (pngSamples(png.colour) * png.bits) / 8,
      limits,
    );
  const header = await readHeader(name, kind, bytes, limits);
  if (png && stored && pngSamples(png.colour) === 1 && (png.colour === 3 || png.bits < 8)) {
    return {
      raster: readPngIndices(name, bytes, png, limits),
      greyAsRgb: false,
      pixelSizeUm: null,
      acquired: header.acquired,
      notes: [],
    };
  }
  const pixelSizeUm = png ? fromResolution((png.pixelsPerMetre ?? Number.NaN) / 100, 3) : header.pixelSizeUm;
  const raster = await decodePixels(name, bytes, header, limits);
  const { grey, note } = greyOf(raster, stored);
  return {
    raster: grey ?? raster,
    greyAsRgb: grey !== null,
    pixelSizeUm,
    acquired: header.acquired,
    notes: note ? [...header.notes, note] : header.notes,
  };
}

async function readHeader(
  name: string,
  kind: Exclude<ReadableKind, 'tiff'>,
  bytes: Uint8Array,
  limits: ImageLimits,
): Promise<CodedHeader> {
  const meta = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw damaged(name, `its ${kind.toUpperCase()} header cannot be read`, cause);
    });
  if (meta.format !== kind) throw damaged(name, `it begins like a ${kind} and goes on as ${meta.format}`);
  if (meta.space === 'cmyk') {
    throw unsupported(name, 'the picture is in printing colours (CMYK)', 'Save it as RGB or grey.');
  }
  const wide = meta.depth === 'ushort';
  const samples = meta.channels ?? 3;
  checkSize(name, kind, bytes.length, meta.width, meta.height, samples * (wide ? 2 : 1), limits);
  const notes: string[] = [];
  if ((meta.pages ?? 1) > 1) notes.push(`the first of ${meta.pages} pictures in the file was taken`);
  if ((meta.orientation ?? 1) > 1) notes.push('the camera was turned; the picture was left as stored');
  return {
    width: meta.width,
    height: meta.height,
    grey: meta.space === 'b-w' || meta.space === 'grey16',
    wide,
    pixelSizeUm: meta.density === undefined ? null : fromResolution(meta.density, 2),
    acquired: meta.exif === undefined ? null : dateOfExif(meta.exif),
    notes,
  };
}

/** From the header, before anything is allocated. `pixelBytes`: of a pixel as stored. */
function checkSize(
  name: string,
  kind: Exclude<ReadableKind, 'tiff'>,
  fileBytes: number,
  width: number,
  height: number,
  pixelBytes: number,
  limits: ImageLimits,
): void {
  checkPixels(name, width, height, limits);
  // Interleaved from the decoder, planar for us, and grey from RGB.
  checkMemory(name, width * height * Math.max(1, pixelBytes) * 3, limits);
  if (!canHold(fileBytes, width * height * pixelBytes, gains[kind])) {
    throw damaged(
      name,
      `${grouped(width)} × ${grouped(height)} pixels cannot be in a file of ${grouped(fileBytes)} bytes`,
    );
  }
}

async function decodePixels(
  name: string,
  bytes: Uint8Array,
  { width, height, grey, wide }: CodedHeader,
  limits: ImageLimits,
): Promise<Raster<Uint8Array | Uint16Array>> {
  // Without the explicit colour space and depth libvips turns 16-bit pictures into 8-bit sRGB, and without
  // ignoreIcc it changes values by the camera's colour profile.
  const pipeline = sharp(bytes, { ignoreIcc: true, failOn: 'error', limitInputPixels: width * height })
    .removeAlpha()
    .toColourspace(wide ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb')
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .timeout({ seconds: Math.max(1, Math.ceil(limits.seconds)) });
  const { data, info } = await withDeadline(
    pipeline.toBuffer({ resolveWithObject: true }),
    name,
    limits,
  ).catch((cause: unknown) => {
    if (cause instanceof CellMixerError) throw cause;
    if (cause instanceof Error && cause.message.startsWith('timeout')) throw stopped(name, limits);
    throw damaged(name, 'its pixels cannot be read; probably cut short', cause);
  });
  const { channels } = info;
  const values = wide ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  if (info.width !== width || info.height !== height || values.length !== width * height * channels) {
    throw damaged(name, 'its header and its pixels disagree');
  }
  const planar = wide ? new Uint16Array(values.length) : new Uint8Array(values.length);
  return { width, height, channels, data: planarFromInterleaved(values, planar, channels, channels) };
}

/** libvips ends a pipeline that is late by itself; this is for the case that it does not get to look. */
async function withDeadline<T>(work: Promise<T>, name: string, limits: ImageLimits): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stopped(name, limits)), limits.seconds * 1000 + 2000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function stopped(name: string, limits: ImageLimits): CellMixerError {
  return tooLarge(
    name,
    `reading it took more than ${limits.seconds} seconds and was stopped`,
    'Save it anew as TIFF.',
  );
}

function greyOf(
  raster: Raster<Uint8Array | Uint16Array>,
  stored: boolean,
): { grey: Raster<Uint8Array | Uint16Array> | null; note: string | null } {
  if (raster.channels !== 3) return { grey: null, note: null };
  const { width, height, data } = raster;
  const wide = data instanceof Uint16Array;
  const tally = createColourTally();
  tallyColours(tally, raster, wide ? 65_535 : 255, raster);
  if (stored ? tally.coloured > 0 : !isGreyAsRgb(tally)) return { grey: null, note: null };
  const grey = greyFromRgb(data, { bits: wide ? 16 : 8, kind: 'uint' });
  const typed = grey instanceof Uint16Array || grey instanceof Uint8Array ? grey : Uint8Array.from(grey);
  return { grey: { width, height, channels: 1, data: typed }, note: annotationNote(tally) };
}
