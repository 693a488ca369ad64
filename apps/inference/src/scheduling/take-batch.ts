/** How much may run at once. */
export interface BatchLimits {
  readonly pictures: number;
  /** Over all pictures of the run. */
  readonly pixels: number;
}

interface Sized {
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Takes from the queue what runs together next: the job that has waited longest, and those of the same size behind it
 * as far as the limits go. The waiting pictures are shared out evenly among the lanes, so that none is left idle beside
 * one that has much to do. Jobs of other sizes stay, in their order.
 *
 * @param lanes threads that take from this queue
 * @returns one job at least, which may be beyond the limits alone
 */
export function takeBatch<J extends Sized>(waiting: J[], limits: BatchLimits, lanes: number): J[] {
  const first = waiting.shift();
  if (first === undefined) return [];
  const area = first.height * first.width;
  const alike = (job: J) => job.height === first.height && job.width === first.width;
  const pictures = waiting.filter(alike).reduce((sum, job) => sum + job.count, first.count);
  const most = Math.min(limits.pictures, Math.floor(limits.pixels / area), Math.ceil(pictures / lanes));

  const batch = [first];
  let count = first.count;
  for (let i = 0; i < waiting.length && count < most; ) {
    const job = waiting[i]!;
    if (alike(job) && count + job.count <= most) {
      batch.push(...waiting.splice(i, 1));
      count += job.count;
    } else i += 1;
  }
  return batch;
}
