import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import { openImage } from './open-image.ts';

function file(start: string, at = 0): Uint8Array {
  const bytes = new Uint8Array(1000);
  for (let i = 0; i < start.length; i++) bytes[at + i] = start.charCodeAt(i);
  return bytes;
}

async function fault(bytes: Uint8Array, name: string): Promise<CellMixerError> {
  const error = await openImage(bytes, { name }).catch((thrown: unknown) => thrown);
  if (error instanceof CellMixerError) return error;
  throw new Error(`"${name}" gave no error of ours`, { cause: error });
}

const makers: readonly (readonly [name: string, bytes: Uint8Array, says: string])[] = [
  ['day2.czi', file('ZISRAWFILE'), 'a Zeiss CZI file'],
  ['day2.nd2', file('\xda\xce\xbe\x0a'), 'a Nikon ND2 file'],
  ['day2.lif', file('\x70\0\0\0\x10\0\0\0\x2a'), 'a Leica LIF file'],
  ['day2.vsi', file('II*\0'), 'an Olympus VSI slide'],
  ['day2.oib', file('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'an Olympus OIB'],
  ['day2.oif', file('\xff\xfe[\0F\0'), 'an Olympus OIF file'],
  ['day2.dcm', file('DICM', 128), 'a DICOM file'],
  ['day2.ims', file('\x89HDF\r\n\x1a\n'), 'an HDF5 file (Imaris'],
];

describe('microscopes’ own files are refused with the way to convert them', () => {
  it.for(makers)('%s', async ([name, bytes, says]) => {
    const error = await fault(bytes, name);
    expect(error.code).toBe('IMAGE_UNSUPPORTED');
    expect(error.subject).toBe(name);
    expect(error.message).toContain(`"${name}": this is ${says}`);
    expect(error.cure).toMatch(/Fiji .*Bio-Formats.*OME-TIFF/);
  });

  it('whatever their names are', async () => {
    expect((await fault(file('ZISRAWFILE'), 'renamed.tif')).message).toContain('Zeiss CZI');
  });
});

describe('files that are no microscope pictures', () => {
  it('phones’ pictures and documents are named as such', async () => {
    expect((await fault(file('ftypheic', 4), 'IMG_1.HEIC')).message).toContain('HEIC');
    expect((await fault(file('%PDF-1.7'), 'figure.pdf')).message).toContain('a PDF document');
  });

  it('an empty file, a text and a folder are unreadable, not unsupported', async () => {
    const empty = await fault(new Uint8Array(0), 'empty.tif');
    expect([empty.code, empty.message]).toEqual(['IMAGE_UNREADABLE', '"empty.tif": the file is empty']);
    expect((await fault(file('hello'), 'notes.tif')).code).toBe('IMAGE_UNREADABLE');
    await expect(openImage(import.meta.dirname)).rejects.toThrow('this is a folder');
  });

  it('a path that does not exist says so', async () => {
    await expect(openImage('/no/such/plate3_A1.tif')).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: '"plate3_A1.tif": there is no such file',
    });
  });
});
