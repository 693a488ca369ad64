import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '@cellmixer/imaging';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readCultures } from './read-cultures.ts';
import { sampleOf } from './sample-of.ts';

const folder = temporaryFolder('cultures');

/** A tiny picture of its own value; three channels differ, for equal ones would be read as grey. */
async function picture(value: number, channels = 1): Promise<Uint8Array> {
  return await encodePng({
    width: 4,
    height: 4,
    channels,
    data: Uint8Array.from({ length: 16 * channels }, (_, i) => value + (i >> 4)),
  });
}

/** Writes `<folder>/<name>/<path>` for each path; values make the pictures differ. */
async function lay(name: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    writeFileSync(join(folder, name, path), content);
  }
  return join(folder, name);
}

let good = '';
beforeAll(async () => {
  good = await lay('good', {
    'B/plate_A2_1.png': await picture(3),
    'A/plate_A1_1.png': await picture(1),
    'A/plate_A1_2.png': await picture(2),
    'A/.hidden.txt': 'left alone',
    'A/Thumbs.db': 'left alone',
    'notes.txt': 'beside the lines',
    'mixed/images/m.png': await picture(9),
  });
});

describe('readCultures', () => {
  it('takes each folder as a line, in order of names, with samples by well', async () => {
    const { cultures } = await readCultures(good);
    expect(
      cultures.map(({ type, images }) => [type, images.map((image) => [image.name, image.sample])]),
    ).toEqual([
      [
        'A',
        [
          ['plate_A1_1.png', 'plate_A1'],
          ['plate_A1_2.png', 'plate_A1'],
        ],
      ],
      ['B', [['plate_A2_1.png', 'plate_A2']]],
    ]);
  });

  it('finds pictures in images/, lines in homogeneous/, and follows links', async () => {
    const nested = await lay('nested', {
      'homogeneous/A/images/1.png': await picture(1),
      'homogeneous/A/masks/1.png': 'x',
    });
    cpSync(join(good, 'B'), join(folder, 'elsewhere'), { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(nested, 'homogeneous', 'B'));
    const { cultures } = await readCultures(nested);
    expect(cultures.map(({ type, images }) => [type, images.length])).toEqual([
      ['A', 1],
      ['B', 1],
    ]);
  });

  it('takes only the lines that are asked for, and names one that is not there', async () => {
    const three = await lay('three', {
      'A/1.png': await picture(1),
      'B/2.png': await picture(2),
      'C/broken.png': 'not looked at',
    });
    const { cultures } = await readCultures(three, { types: ['B', 'A'] });
    expect(cultures.map(({ type }) => type)).toEqual(['A', 'B']);
    await expect(readCultures(three, { types: ['A', 'D'] })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      cure: 'Name lines among: A, B, C.',
    });
  });

  it('counts a picture once that lies twice in a line, and says so', async () => {
    const twice = await lay('twice', {
      'A/1.png': await picture(1),
      'A/copy.png': await picture(1),
      'B/2.png': await picture(2),
    });
    const { cultures, notes } = await readCultures(twice);
    expect(cultures[0]?.images.map((image) => image.name)).toEqual(['1.png']);
    expect(notes).toEqual(['"A/copy.png" is the same picture as "A/1.png"; it counts once.']);
  });

  const faults: readonly (readonly [
    string,
    () => Promise<Record<string, Uint8Array | string>>,
    string,
    string,
  ])[] = [
    ['a folder without lines', async () => ({ 'notes.txt': '' }), 'TOO_FEW_CULTURES', 'no folder of a line'],
    [
      'one line only',
      async () => ({ 'A/1.png': await picture(1) }),
      'TOO_FEW_CULTURES',
      'one line only ("A")',
    ],
    [
      'an empty line',
      async () => ({ 'A/1.png': await picture(1), 'B/.keep': '' }),
      'TOO_FEW_CULTURES',
      '"B" has no pictures',
    ],
    ['pictures without folders', async () => ({ '1.png': await picture(1) }), 'TOO_FEW_CULTURES', '1.png'],
    [
      'a text file among pictures',
      async () => ({ 'A/1.png': await picture(1), 'A/notes.txt': 'x', 'B/2.png': await picture(2) }),
      'IMAGE_UNSUPPORTED',
      'notes.txt',
    ],
    [
      'text that is named a picture',
      async () => ({ 'A/1.png': 'no picture', 'B/2.png': await picture(2) }),
      'IMAGE_',
      '1.png',
    ],
    [
      'one picture in two lines under two names',
      async () => ({ 'A/1.png': await picture(1), 'B/2.png': await picture(1) }),
      'INVALID_ARGUMENT',
      '"B/2.png" and "A/1.png"',
    ],
    [
      'pictures of differing channels',
      async () => ({ 'A/1.png': await picture(1), 'B/2.png': await picture(1, 3) }),
      'INVALID_ARGUMENT',
      '"B/2.png" has 3 channels, "1.png" has 1',
    ],
  ];
  it.each(faults)('refuses %s', async (name, files, code, words) => {
    const root = await lay(name, await files());
    const error: unknown = await readCultures(root).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: expect.stringContaining(code),
      message: expect.stringContaining(words),
      cure: expect.any(String),
    });
  });

  it('refuses a folder that is not there and a file in its place', async () => {
    await expect(readCultures(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await expect(readCultures(join(good, 'notes.txt'))).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });
});

describe('sampleOf', () => {
  it.each([
    ['plate3_A1_site2.tif', 'plate3_A1'],
    ['A172_Phase_C7_1_00d20h00m_4.png', 'A172_Phase_C7'],
    ['H12.png', 'H12'],
    ['B01-field3.png', 'B01'],
    ['A172_4.png', null],
    ['image.png', null],
  ])('%s → %s', (name, sample) => expect(sampleOf(`/folder/A1/${name}`)).toBe(sample));
});
