/** Does one thing again and again for a time. */
export interface LoopRate {
  readonly done: number;
  /** Until the last one was done. */
  readonly ms: number;
}

/** Repeats `work` until the time is over; what has begun by then counts, with the time that it takes. */
export async function repeatFor(ms: number, work: () => Promise<unknown>): Promise<LoopRate> {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < ms) {
    await work();
    done += 1;
  }
  return { done, ms: performance.now() - start };
}

/** Milliseconds for each thing done, where several loops go on side by side: the loops' rates add up. */
export function msEach(loops: readonly LoopRate[]): number {
  return 1 / loops.reduce((rate, { done, ms }) => rate + done / ms, 0);
}

/** Things done by all loops. */
export function sumDone(loops: readonly LoopRate[]): number {
  return loops.reduce((sum, { done }) => sum + done, 0);
}

/** Processor time that this process has used so far, ms. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
