import { damaged, unsupported } from '../image-errors.ts';

const convert = 'Open it in Fiji (Plugins › Bio-Formats) and save it as TIFF.';

interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/**
 * Decodes a tile or strip packed as JPEG (TIFF Technical Note 2): its tables may stand in the page's
 * JPEGTables, and whether it holds RGB or YCbCr is said by the page, not by the stream.
 * Returns interleaved 8-bit values, `width` × at least `rows`.
 */
export async function unpackJpeg(
  name: string,
  stream: Uint8Array,
  tables: Uint8Array | undefined,
  expected: {
    readonly width: number;
    readonly rows: number;
    /** A padded last strip may have as many rows as the others. */
    readonly mostRows: number;
    readonly samples: number;
    readonly ycbcr: boolean;
  },
): Promise<Uint8Array> {
  const { width, rows, mostRows, samples, ycbcr } = expected;
  const whole = assemble(name, stream, tables, samples === 3 ? (ycbcr ? 1 : 0) : null);
  const frame = readFrame(name, whole);
  if (
    frame.width !== width ||
    frame.components !== samples ||
    frame.height < rows ||
    frame.height > mostRows
  ) {
    throw damaged(
      name,
      `a JPEG tile is ${frame.width} × ${frame.height} × ${frame.components}, the page wants ${width} × ${rows} × ${samples}`,
    );
  }
  if (samples !== 1 && samples !== 3)
    throw unsupported(name, `a JPEG tile with ${samples} channels`, convert);
  // Loaded late: most TIFFs hold no JPEG, and a thread starts in half the time without it.
  const { sharp } = await import('../sharp-settings.ts');
  try {
    const data = await sharp(whole, {
      ignoreIcc: true,
      failOn: 'error',
      limitInputPixels: width * frame.height,
    })
      .toColourspace(samples === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
    return new Uint8Array(data.buffer, data.byteOffset, width * rows * samples);
  } catch (cause) {
    throw damaged(name, 'a JPEG tile cannot be unpacked', cause);
  }
}

/** Start, colour marker, tables, then the stream without the markers that would contradict it. */
function assemble(
  name: string,
  stream: Uint8Array,
  tables: Uint8Array | undefined,
  adobe: 0 | 1 | null,
): Buffer {
  if (stream[0] !== 0xff || stream[1] !== 0xd8) throw damaged(name, 'a JPEG tile does not begin like a JPEG');
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)];
  if (adobe !== null) {
    parts.push(Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, adobe));
  }
  if (tables && tables.length > 4) {
    const end = tables.at(-2) === 0xff && tables.at(-1) === 0xd9 ? tables.length - 2 : tables.length;
    parts.push(tables.subarray(2, end));
  }
  let at = 2;
  // Segments before the scan: the JFIF (E0) and Adobe (EE) markers are left out.
  while (at + 4 <= stream.length && stream[at] === 0xff) {
    const marker = stream[at + 1]!;
    if (marker === 0xda) break;
    const end = at + 2 + stream[at + 2]! * 256 + stream[at + 3]!;
    if (marker !== 0xe0 && marker !== 0xee) parts.push(stream.subarray(at, end));
    at = end;
  }
  parts.push(stream.subarray(at));
  return Buffer.concat(parts);
}

/** Size and components from the frame header, before anything is allocated for them. */
function readFrame(name: string, bytes: Uint8Array): JpegFrame {
  let at = 2;
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (marker > 0xc2 || bytes[at + 4] !== 8) {
        throw unsupported(name, `a JPEG tile is of a kind that is not read (${bytes[at + 4]} bits)`, convert);
      }
      return {
        height: bytes[at + 5]! * 256 + bytes[at + 6]!,
        width: bytes[at + 7]! * 256 + bytes[at + 8]!,
        components: bytes[at + 9]!,
      };
    }
    at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
  }
  throw damaged(name, 'a JPEG tile has no frame header');
}
