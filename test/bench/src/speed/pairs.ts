import { median, medianInterval } from '../report.ts';
import type { Measurement, PeerProcess } from './peer-process.ts';

/** The times of several sides that took turns. */
export class Rounds {
  readonly #times = new Map<string, number[]>();
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
  ratio(side: string, to: string): { median: number; low: number; high: number } | undefined {
    const reference = this.#times.get(to);
    const ratios = this.#times.get(side)?.flatMap((ms, i) => (reference?.[i] ? [ms / reference[i]] : []));
    if (ratios === undefined || ratios.length === 0) return undefined;
    const [low, high] = medianInterval(ratios);
    return { median: median(ratios), low, high };
  }

  #add(side: string, { ms, peakMb }: Measurement, counts: boolean): void {
    if (counts) this.#times.set(side, [...(this.#times.get(side) ?? []), ms]);
    this.#peaks.set(side, peakMb);
  }
}
