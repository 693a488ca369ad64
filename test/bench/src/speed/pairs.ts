import { median, medianInterval } from '../report.ts';
import type { Measurement, PeerProcess } from './peer-process.ts';

/** A median with its interval. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The times of several sides that took turns. */
export class Rounds {
  readonly #times = new Map<string, number[]>();
  readonly #processorTimes = new Map<string, number[]>();
  readonly #peaks = new Map<string, number>();

  /** Asks every side once per round, the order turned round each time, after warm-up rounds that do not count. */
  static async run(
    sides: ReadonlyMap<string, PeerProcess>,
    rounds: number,
    warmUps: number,
  ): Promise<Rounds> {
    const result = new Rounds();
    const order = [...sides];
    for (let round = -warmUps; round < rounds; round++) {
      order.reverse();
      for (const [name, side] of order) result.#add(name, await side.measure(), round >= 0);
    }
    return result;
  }

  /** Median milliseconds of a side; undefined for a side that did not take part. */
  time(side: string): number | undefined {
    const times = this.#times.get(side);
    return times && median(times);
  }

  peakMb(side: string): number | undefined {
    return this.#peaks.get(side);
  }

  /** The median of the rounds' ratios with its interval. */
  ratio(side: string, to: string, of: 'time' | 'processor' = 'time'): Ratio | undefined {
    const times = of === 'time' ? this.#times : this.#processorTimes;
    const reference = times.get(to);
    const ratios = times.get(side)?.flatMap((ms, i) => (reference?.[i] ? [ms / reference[i]] : []));
    if (ratios === undefined || ratios.length === 0) return undefined;
    const [low, high] = medianInterval(ratios);
    return { median: median(ratios), low, high };
  }

  #add(side: string, { ms, processorMs, peakMb }: Measurement, counts: boolean): void {
    if (counts && processorMs !== undefined)
      this.#processorTimes.set(side, [...(this.#processorTimes.get(side) ?? []), processorMs]);
    if (counts) this.#times.set(side, [...(this.#times.get(side) ?? []), ms]);
    this.#peaks.set(side, peakMb);
  }
}
