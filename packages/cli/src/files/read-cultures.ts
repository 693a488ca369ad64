import { extname, join, relative } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { type ReadableImage, readImageSource } from '@cellmixer/imaging';
import { listFolder } from './list-folder.ts';
import { sampleOf } from './sample-of.ts';

/** Pictures of one line, with the paths of their files. */
export interface CultureFiles {
  readonly type: string;
  readonly images: readonly ReadableImage[];
}

export interface CultureFolder {
  readonly cultures: readonly CultureFiles[];
  /** Words about what was left aside. */
  readonly notes: readonly string[];
}

export interface ReadCulturesOptions {
  /** Fewest lines that make sense; 2. */
  readonly fewest?: number;
  /** Only these lines. */
  readonly types?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

const PICTURE = /\.(png|jpe?g|webp|tiff?|tf8|tf2|btf)$/i;
/** Folders beside the lines that hold something else. */
const RESERVED = new Set(['mixed']);

/**
 * Reads a folder of pure cultures: one folder for each line, its name is the line's, its pictures directly in it or
 * in `images/`. A folder `homogeneous/` may hold the lines.
 *
 * @throws FOLDER_UNREADABLE, TOO_FEW_CULTURES, IMAGE_UNREADABLE, IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE, INVALID_ARGUMENT
 * where one picture is in two lines or the channels differ
 */
export async function readCultures(root: string, options: ReadCulturesOptions = {}): Promise<CultureFolder> {
  const { fewest = 2 } = options;
  const lines = await findLines(root, options.types);
  if (lines.length < fewest) throw tooFew(root, lines, fewest);
  const total = lines.reduce((sum, line) => sum + line.pictures.length, 0);
  const notes: string[] = [];
  const seen = new Map<string, { readonly line: string; readonly path: string }>();
  const cultures: CultureFiles[] = [];
  let done = 0;
  for (const { line, pictures } of lines) {
    const images: ReadableImage[] = [];
    for (const path of pictures) {
      if (options.signal?.aborted)
        throw new CellMixerError('CANCELLED', 'stopped while reading the pictures');
      const sample = sampleOf(path);
      const image = await readImageSource(path, sample === null ? {} : { sample });
      const name = relative(root, path);
      const twin = seen.get(image.id);
      if (twin !== undefined && twin.line !== line) throw inTwoLines(name, twin.path);
      if (twin === undefined) images.push(image);
      else notes.push(`"${name}" is the same picture as "${twin.path}"; it counts once.`);
      seen.set(image.id, { line, path: name });
      const first = cultures[0]?.images[0] ?? images[0]!;
      if (image.channels !== first.channels) throw otherChannels(name, image, first);
      options.onProgress?.(++done, total);
    }
    cultures.push({ type: line, images });
  }
  return { cultures, notes };
}

interface Line {
  readonly line: string;
  readonly pictures: readonly string[];
}

async function findLines(root: string, types: readonly string[] | undefined): Promise<Line[]> {
  const top = await listFolder(root);
  const base = top.folders.includes('homogeneous') ? join(root, 'homogeneous') : root;
  const { folders, files } = base === root ? top : await listFolder(base);
  const all = folders.filter((name) => !RESERVED.has(name));
  const unknown = types?.find((type) => !all.includes(type));
  if (unknown !== undefined) {
    throw new CellMixerError('INVALID_ARGUMENT', `"${unknown}" is no folder of a line in "${base}"`, {
      subject: unknown,
      cure: `Name lines among: ${all.join(', ')}.`,
    });
  }
  const names = all.filter((name) => types?.includes(name) ?? true);
  const loose = files.find((name) => PICTURE.test(name));
  if (names.length === 0 && loose !== undefined) {
    throw new CellMixerError('TOO_FEW_CULTURES', `"${join(base, loose)}" lies beside no folder of a line`, {
      subject: base,
      cure: 'Make one folder for each pure culture, named as the line, and put its pictures in it.',
    });
  }
  return await Promise.all(names.map(async (line) => ({ line, pictures: await findPictures(base, line) })));
}

async function findPictures(base: string, line: string): Promise<string[]> {
  const content = await listFolder(join(base, line));
  const inner = content.folders.includes('images');
  const folder = inner ? join(base, line, 'images') : join(base, line);
  const { files } = inner ? await listFolder(folder) : content;
  const stranger = files.find((name) => !PICTURE.test(name));
  if (stranger !== undefined) {
    throw new CellMixerError(
      'IMAGE_UNSUPPORTED',
      `"${join(folder, stranger)}" is not a picture that can be read (${extname(stranger) || 'no ending'})`,
      {
        subject: stranger,
        cure: 'Move it out of the folder, or convert it to TIFF, PNG, JPEG or WebP if it is a picture.',
      },
    );
  }
  if (files.length === 0) {
    throw new CellMixerError('TOO_FEW_CULTURES', `"${line}" has no pictures in "${folder}"`, {
      subject: line,
      cure: 'Put pictures of this pure culture there, or take the folder away.',
    });
  }
  return files.map((name) => join(folder, name));
}

function tooFew(root: string, lines: readonly Line[], fewest: number): CellMixerError {
  const found = lines.length === 0 ? 'no folder of a line' : `one line only ("${lines[0]!.line}")`;
  return new CellMixerError(
    'TOO_FEW_CULTURES',
    `"${root}" holds ${found}; ${fewest === 1 ? 'at least one is' : 'two or more are'} needed`,
    {
      subject: root,
      cure: 'Make one folder for each pure culture, named as the line, and put its pictures in it.',
    },
  );
}

function inTwoLines(path: string, twin: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `"${path}" and "${twin}" are one and the same picture`, {
    subject: path,
    cure: 'A picture of a pure culture belongs to one line; take it out of the other.',
  });
}

function otherChannels(
  path: string,
  image: { readonly channels: number },
  first: { readonly name: string; readonly channels: number },
): CellMixerError {
  return new CellMixerError(
    'INVALID_ARGUMENT',
    `"${path}" has ${image.channels} channels, "${first.name}" has ${first.channels}; all pictures must agree`,
    { subject: path, cure: 'Give pictures that were all taken and saved with the same channels.' },
  );
}
