import { CellMixerError } from '@cellmixer/errors';
import type {
  Calibration,
  Culture,
  ForegroundParameters,
  ForegroundQuality,
  PreparedImage,
} from '../contracts.ts';
import { prepareImage } from './prepare-image.ts';

export interface PrepareOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A picture that is not used, and why. */
export interface LeftOutImage {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly quality: ForegroundQuality;
}

export interface PreparedCultures {
  /** Usable pictures in the order of the cultures. */
  readonly images: readonly PreparedImage[];
  /** Confluent pictures and pictures without cells. */
  readonly leftOut: readonly LeftOutImage[];
}

/**
 * Prepares all pictures of all cultures, one after another. Pictures that are confluent or show no cell are left
 * out and reported.
 *
 * @throws CellMixerError NO_FOREGROUND where a culture keeps no picture; CANCELLED where the signal says so.
 */
export async function prepareCultures(
  cultures: readonly Culture[],
  calibration: Calibration,
  parameters: ForegroundParameters,
  options: PrepareOptions = {},
): Promise<PreparedCultures> {
  const total = cultures.reduce((sum, culture) => sum + culture.images.length, 0);
  const images: PreparedImage[] = [];
  const leftOut: LeftOutImage[] = [];
  let done = 0;
  for (const [type, culture] of cultures.entries()) {
    let usable = 0;
    for (const source of culture.images) {
      throwIfCancelled(options.signal);
      const prepared = await prepareImage(source, type, calibration, parameters);
      const { id, name, quality } = prepared;
      if (quality.confluent || quality.objects === 0) leftOut.push({ id, name, type, quality });
      else {
        images.push(prepared);
        usable++;
      }
      done++;
      options.onProgress?.(done, total);
    }
    if (usable === 0)
      throw noForeground(
        culture,
        leftOut.filter((image) => image.type === type),
      );
  }
  return { images, leftOut };
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CellMixerError('CANCELLED', 'The preparation of the pictures was stopped.');
}

function noForeground(culture: Culture, leftOut: readonly LeftOutImage[]): CellMixerError {
  const confluent = leftOut.filter((image) => image.quality.confluent).length;
  const empty = leftOut.length - confluent;
  const why =
    leftOut.length === 0
      ? 'it has no pictures'
      : `${confluent} of ${leftOut.length} are confluent, ${empty} show no cells`;
  return new CellMixerError('NO_FOREGROUND', `culture "${culture.type}" keeps no usable picture: ${why}`, {
    subject: culture.type,
    cure: 'Add pictures of lower confluence, check that the modality is right, or lower the sensitivity of the foreground.',
  });
}
