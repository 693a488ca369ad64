import { damaged } from './image-errors.ts';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample (or of a palette's index): 1, 2, 4, 8 or 16. */
  readonly bits: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colour: number;
  readonly interlaced: boolean;
  /** Pixels per metre (pHYs), or null. */
  readonly pixelsPerMetre: number | null;
}

/** Reads the header of a PNG and its resolution (W3C PNG, sections 11.2.1 and 11.3.4.3). */
export function readPngHeader(name: string, bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452) throw damaged(name, 'the PNG has no header');
  const header = {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bits: bytes[24]!,
    colour: bytes[25]!,
    interlaced: bytes[28] === 1,
  };
  if (header.width === 0 || header.height === 0) {
    throw damaged(name, `the picture is ${header.width} × ${header.height} pixels`);
  }
  let pixelsPerMetre: number | null = null;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    // "IDAT": the pixels begin. "pHYs", with the unit metre.
    if (type === 0x49444154) break;
    if (type === 0x70485973 && at + 17 <= bytes.length && bytes[at + 16] === 1) {
      pixelsPerMetre = view.getUint32(at + 8);
      break;
    }
  }
  return { ...header, pixelsPerMetre };
}

/** Samples of a pixel by colour type. */
export function pngSamples(colour: number): number {
  return colour === 2 ? 3 : colour === 4 ? 2 : colour === 6 ? 4 : 1;
}
