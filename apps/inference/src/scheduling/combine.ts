import type { Predictions } from '@cellmixer/nn';
import type { Job } from './job.ts';

/** The pictures of several jobs of one size in a row, [sum of counts,C,height,width], in memory that threads share. */
export function combineImages(jobs: readonly Pick<Job, 'images'>[]): Float32Array {
  const [first] = jobs;
  if (first !== undefined && jobs.length === 1) return first.images;
  const length = jobs.reduce((sum, { images }) => sum + images.length, 0);
  const all = new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
  let offset = 0;
  for (const { images } of jobs) {
    all.set(images, offset);
    offset += images.length;
  }
  return all;
}

/** The share of each job in the predictions of all of them, as views. */
export function sharePredictions(
  jobs: readonly Pick<Job, 'count'>[],
  { foreground, types }: Predictions,
): Predictions[] {
  const total = jobs.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return jobs.map(({ count }) => {
    const [from, to] = [before / total, (before + count) / total];
    before += count;
    return { foreground: part(foreground, from, to), types: part(types, from, to) };
  });
}

function part(values: Float32Array, from: number, to: number): Float32Array {
  return values.subarray(Math.round(from * values.length), Math.round(to * values.length));
}
