import type { SampleFormat } from './sample-format.ts';

/** What the OME-XML of one picture says. */
export interface OmeDescription {
  /** Shown by viewers; none if null. */
  readonly name: string | null;
  readonly width: number;
  readonly height: number;
  readonly type: SampleFormat['ome'];
  /** Bits in use where they are fewer than the type has, e.g. 12; null if all. */
  readonly significantBits: number | null;
  /** Micrometres per pixel. */
  readonly pixelSizeUm: number | null;
  /** One entry for each page; three samples are red, green and blue. */
  readonly channels: readonly { readonly name: string | null; readonly samples: number }[];
  /** 128 bits made from the pixels, hexadecimal with hyphens. */
  readonly uuid: string;
}

const namespace = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';

/**
 * OME-XML of the schema 2016-06 for one picture of one time point and slice, page after page a channel. Plain
 * ASCII, as TIFF wants its texts: other characters are written as references.
 */
export function describeOme(ome: OmeDescription): string {
  const interleaved = ome.channels.some(({ samples }) => samples > 1);
  const size = ome.pixelSizeUm;
  const pixels = attributes({
    ID: 'Pixels:0',
    DimensionOrder: 'XYCZT',
    Type: ome.type,
    SignificantBits: ome.significantBits,
    Interleaved: interleaved,
    BigEndian: false,
    SizeX: ome.width,
    SizeY: ome.height,
    SizeC: ome.channels.reduce((sum, { samples }) => sum + samples, 0),
    SizeZ: 1,
    SizeT: 1,
    PhysicalSizeX: size,
    PhysicalSizeXUnit: size === null ? null : 'µm',
    PhysicalSizeY: size,
    PhysicalSizeYUnit: size === null ? null : 'µm',
  });
  const channels = ome.channels.map(({ name, samples }, index) => {
    const fields = attributes({ ID: `Channel:0:${index}`, Name: name, SamplesPerPixel: samples });
    return `<Channel${fields}/>`;
  });
  // No UUID here: that means "in this file". With one, Viv 0.21 wants a file name too, which is wrong once the file is
  // renamed or lies in a bucket.
  let firstC = 0;
  const planes = ome.channels.map(({ samples }, index) => {
    const fields = attributes({ IFD: index, FirstC: firstC, FirstZ: 0, FirstT: 0, PlaneCount: 1 });
    firstC += samples;
    return `<TiffData${fields}/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<OME xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
    ` xsi:schemaLocation="${namespace} ${namespace}/ome.xsd" UUID="urn:uuid:${ome.uuid}" Creator="CellMixer">`,
    `<Image${attributes({ ID: 'Image:0', Name: ome.name })}>`,
    `<Pixels${pixels}>`,
    ...channels,
    ...planes,
    '</Pixels></Image></OME>',
  ].join('');
}

/** A number of 128 bits from a hash, in the form of a UUID of version 8 (RFC 9562: bits of one's own). */
export function uuidFrom(hash: Uint8Array): string {
  const bytes = Uint8Array.from(hash.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Buffer.from(bytes).toString('hex');
  return [0, 8, 12, 16, 20].map((at, i, all) => digits.slice(at, all[i + 1] ?? 32)).join('-');
}

function attributes(fields: Readonly<Record<string, string | number | boolean | null>>): string {
  return Object.entries(fields)
    .flatMap(([key, value]) => (value === null ? [] : [` ${key}="${escaped(String(value))}"`]))
    .join('');
}

function escaped(text: string): string {
  let out = '';
  // By whole characters, so that one beyond 16 bits stays one reference.
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0)!;
    if (code < 0x20 || code === 0xfffe || code === 0xffff) continue;
    out += code > 0x7e || '<>&"'.includes(character) ? `&#${code};` : character;
  }
  return out;
}
