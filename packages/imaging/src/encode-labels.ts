import type { LabelMap } from '@cellmixer/pixels';
import { encodePng } from './encode.ts';

/** Labels as a picture: a 16-bit PNG, or a 32-bit TIFF where there are more than 65,535 objects. */
export async function encodeLabels({
  width,
  height,
  data,
}: LabelMap): Promise<{ readonly extension: 'png' | 'tif'; readonly bytes: Uint8Array }> {
  let most = 0;
  for (const label of data) if (label > most) most = label;
  if (most > 0xffff) return { extension: 'tif', bytes: encodeTiff32(width, height, data) };
  const bytes = await encodePng({ width, height, channels: 1, data: Uint16Array.from(data) });
  return { extension: 'png', bytes };
}

const SHORT = 3;
const LONG = 4;

/** Baseline TIFF 6.0, little-endian, one uncompressed strip of unsigned 32-bit samples. */
function encodeTiff32(width: number, height: number, data: Int32Array): Uint8Array {
  const pixels = 4 * width * height;
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 32], // BitsPerSample
    [259, SHORT, 1], // Compression: none
    [262, SHORT, 1], // PhotometricInterpretation: black is zero
    [273, LONG, 8], // StripOffsets
    [277, SHORT, 1], // SamplesPerPixel
    [278, LONG, height], // RowsPerStrip
    [279, LONG, pixels], // StripByteCounts
    [339, SHORT, 1], // SampleFormat: unsigned
  ];
  const file = new DataView(new ArrayBuffer(8 + pixels + 2 + 12 * entries.length + 4));
  file.setUint16(0, 0x4949);
  file.setUint16(2, 42, true);
  file.setUint32(4, 8 + pixels, true);
  for (let i = 0; i < data.length; i++) file.setUint32(8 + 4 * i, data[i]!, true);
  file.setUint16(8 + pixels, entries.length, true);
  entries.forEach(([tag, type, value], i) => {
    const at = 8 + pixels + 2 + 12 * i;
    file.setUint16(at, tag, true);
    file.setUint16(at + 2, type, true);
    file.setUint32(at + 4, 1, true);
    if (type === SHORT) file.setUint16(at + 8, value, true);
    else file.setUint32(at + 8, value, true);
  });
  return new Uint8Array(file.buffer);
}
