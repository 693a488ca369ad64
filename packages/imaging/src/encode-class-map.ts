import { crc32, deflateSync } from 'node:zlib';
import type { ClassMap } from '@cellmixer/pixels';

type Colour = readonly [red: number, green: number, blue: number];

/**
 * A class map as a PNG that programs read as class numbers and people see in colour: 8-bit indices and a palette, 0
 * black, 1… the given colours, all others white (libvips would sort and merge the indices).
 *
 * @param colours of the classes 1…, 0…255
 */
export function encodeClassMap({ width, height, data }: ClassMap, colours: readonly Colour[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  // 8 bits, colour type 3: palette; the rest: the only methods there are, not interlaced.
  header.setUint8(8, 8);
  header.setUint8(9, 3);
  const palette = new Uint8Array(3 * 256).fill(255);
  palette.fill(0, 0, 3);
  for (const [index, colour] of colours.entries()) palette.set(colour, 3 * (index + 1));
  // Each row begins with its filter; classes are constant over long runs, which no filter makes shorter.
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return Buffer.concat([
    Uint8Array.from(signature),
    ...chunk('IHDR', new Uint8Array(header.buffer)),
    ...chunk('PLTE', palette),
    ...chunk('IDAT', deflateSync(rows)),
    ...chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Length, type and data, and their checksum (W3C PNG, section 5.3). */
function chunk(type: string, data: Uint8Array): Uint8Array[] {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return [length, body, checksum];
}
