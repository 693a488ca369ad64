import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { damaged } from './image-errors.ts';
import { checkFileBytes, checkMemory, defaultImageLimits, type ImageLimits } from './image-limits.ts';
import { openCoded } from './open-coded.ts';
import { openTiff } from './open-tiff.ts';
import type { OpenedImage } from './opened-image.ts';
import { headBytes, recognise } from './recognise.ts';

export interface OpenImageOptions {
  /** Name for messages; the file's own name if a path is given. */
  readonly name?: string;
  readonly limits?: Partial<ImageLimits>;
  /**
   * Numbers as they stand in the file, for label maps: palettes are not turned into colours, "white is zero"
   * is not turned round, grey values of few bits are not stretched.
   */
  readonly storedValues?: boolean;
}

/** A file that has been looked at: where it is, how large, how it is called. */
export interface ImageFile {
  readonly name: string;
  readonly source: string | Uint8Array;
  readonly limits: ImageLimits;
  readonly storedValues: boolean;
  /** The whole file. */
  bytes(): Promise<Uint8Array>;
  /** SHA-256, hexadecimal. */
  contentHash(): Promise<string>;
}

/**
 * Opens a PNG, JPEG, WebP or TIFF (also OME-TIFF and ImageJ's stacks) and reads its header. The kind is
 * known by the first bytes, not by the name. Throws IMAGE_UNREADABLE (damaged, cut short), IMAGE_UNSUPPORTED
 * (to be converted first; the cure says how) and IMAGE_TOO_LARGE (beyond `limits`).
 */
export async function openImage(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<OpenedImage> {
  const name = options.name ?? (typeof source === 'string' ? basename(source) : 'picture');
  const limits = { ...defaultImageLimits, ...options.limits };
  const { size, head } = await lookAt(source, name);
  checkFileBytes(name, size, limits);
  const kind = recognise(name, head);
  const file: ImageFile = {
    name,
    source,
    limits,
    storedValues: options.storedValues ?? false,
    async bytes() {
      if (typeof source !== 'string') return source;
      checkMemory(name, size, limits);
      return await readFile(source);
    },
    contentHash: () => hashOf(source),
  };
  return kind === 'tiff' ? await openTiff(file) : await openCoded(file, kind);
}

async function lookAt(
  source: string | Uint8Array,
  name: string,
): Promise<{ size: number; head: Uint8Array }> {
  if (typeof source !== 'string') return { size: source.length, head: source.subarray(0, headBytes) };
  try {
    await using file = await open(source);
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (why === 'ENOENT') {
      throw new CellMixerError('IMAGE_UNREADABLE', `"${name}": there is no such file`, {
        subject: name,
        cure: 'Look at the path, and whether the disk or the network folder is there.',
        cause,
      });
    }
    throw damaged(name, why === 'EISDIR' ? 'this is a folder' : `the file cannot be opened (${why})`, cause);
  }
}

async function hashOf(source: string | Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  if (typeof source !== 'string') return hash.update(source).digest('hex');
  for await (const part of createReadStream(source, { highWaterMark: 1 << 20 })) hash.update(part);
  return hash.digest('hex');
}
