import { extname } from 'node:path';
import { damaged, unsupported } from './image-errors.ts';

export type ReadableKind = 'png' | 'jpeg' | 'webp' | 'tiff';

/** Bytes of the beginning of a file that `recognise` wants to see. */
export const headBytes = 512;

interface Signature {
  readonly at: number;
  /** Characters stand for their code; so do "\x00" and the like. */
  readonly bytes: string;
}

const readable: readonly (Signature & { readonly kind: ReadableKind })[] = [
  { kind: 'png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { kind: 'jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { kind: 'tiff', at: 0, bytes: 'II*\0' },
  { kind: 'tiff', at: 0, bytes: 'MM\0*' },
  { kind: 'tiff', at: 0, bytes: 'II+\0' },
  { kind: 'tiff', at: 0, bytes: 'MM\0+' },
];

const bioFormats =
  'Open it in Fiji (Plugins › Bio-Formats › Bio-Formats Importer) and save it with File › Save As › OME-TIFF.';
const plain = 'Open it in Fiji or any picture program and save it as TIFF or PNG.';

const refused: readonly (Signature & { readonly what: string; readonly cure: string })[] = [
  { at: 0, bytes: 'ZISRAWFILE', what: 'a Zeiss CZI file', cure: bioFormats },
  { at: 0, bytes: '\xda\xce\xbe\x0a', what: 'a Nikon ND2 file', cure: bioFormats },
  {
    at: 0,
    bytes: '\x00\x00\x00\x0cjP  ',
    what: 'a JPEG 2000 picture (or an old Nikon ND2 file)',
    cure: bioFormats,
  },
  { at: 0, bytes: '\xff\x4f\xff\x51', what: 'a JPEG 2000 picture', cure: bioFormats },
  {
    at: 0,
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    what: 'an Olympus OIB or a Zeiss ZVI file (or an old Office document)',
    cure: bioFormats,
  },
  { at: 0, bytes: 'SIS\0', what: 'an Olympus ETS file, a part of a VSI slide', cure: bioFormats },
  {
    at: 0,
    bytes: '\x89HDF\r\n\x1a\n',
    what: 'an HDF5 file (Imaris, BigDataViewer, ilastik)',
    cure: bioFormats,
  },
  { at: 128, bytes: 'DICM', what: 'a DICOM file', cure: bioFormats },
  {
    at: 0,
    bytes: '%PDF',
    what: 'a PDF document',
    cure: 'Add the picture that was put into it, as TIFF or PNG.',
  },
  { at: 0, bytes: 'GIF8', what: 'a GIF picture', cure: plain },
  { at: 0, bytes: 'BM', what: 'a BMP picture', cure: plain },
  { at: 0, bytes: 'PK\x03\x04', what: 'a ZIP archive', cure: 'Unpack it and add the pictures in it.' },
  { at: 0, bytes: '\x1f\x8b', what: 'a gzip archive', cure: 'Unpack it and add the pictures in it.' },
  { at: 0, bytes: '\xff\x0a', what: 'a JPEG XL picture', cure: plain },
  { at: 0, bytes: '\x00\x00\x00\x0cJXL ', what: 'a JPEG XL picture', cure: plain },
];

/** Kinds that begin like others and are known by their name only. */
const refusedNames: Readonly<Record<string, string>> = {
  '.vsi': 'an Olympus VSI slide (its pixels are in the folder beside it)',
  '.oif': 'an Olympus OIF file (its pixels are in the folder beside it)',
  '.stk': 'a MetaMorph stack',
  '.lsm': 'a Zeiss LSM file',
};

/**
 * What kind of picture begins with these bytes. Throws IMAGE_UNSUPPORTED, with the way to convert it, for
 * kinds that we know and do not read, and IMAGE_UNREADABLE for everything else.
 */
export function recognise(name: string, head: Uint8Array): ReadableKind {
  if (head.length === 0) throw damaged(name, 'the file is empty');
  const byName = refusedNames[extname(name).toLowerCase()];
  if (byName) throw unsupported(name, `this is ${byName}`, bioFormats);
  if (begins(head, { at: 0, bytes: 'RIFF' }) && begins(head, { at: 8, bytes: 'WEBP' })) return 'webp';
  const known = readable.find((signature) => begins(head, signature));
  if (known) return known.kind;
  if (begins(head, { at: 0, bytes: '\x70\0\0\0' }) && head[8] === 0x2a) {
    throw unsupported(name, 'this is a Leica LIF file', bioFormats);
  }
  if (begins(head, { at: 4, bytes: 'ftyp' })) {
    throw unsupported(name, "this is a phone's picture (HEIC, AVIF) or a film", plain);
  }
  const other = refused.find((signature) => begins(head, signature));
  if (other) throw unsupported(name, `this is ${other.what}`, other.cure);
  throw damaged(name, 'its first bytes are not those of a PNG, JPEG, WebP or TIFF picture');
}

function begins(head: Uint8Array, { at, bytes }: Signature): boolean {
  if (head.length < at + bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[at + i] !== bytes.charCodeAt(i)) return false;
  return true;
}
