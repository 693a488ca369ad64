import { Awaited, Loading } from '../execution/loading.ts';
import { Thrown } from '../execution/thrown.ts';

type Load<Value> = (ids: readonly string[]) => Promise<readonly (Value | Error)[]>;

/** What is asked for until it is read. */
interface Batch<Value> {
  readonly ids: string[];
  readonly awaited: Awaited<Value>[];
  readonly done: Promise<void>;
}

/** Reads what is asked for by id at about the same time in one go, and each id once. Lives as long as its request. */
export class BatchLoader<Value> {
  readonly #load: Load<Value>;
  readonly #known = new Map<string, Awaited<Value>>();
  #batch: Batch<Value> | null = null;

  /** @param load answers for many ids, in their order */
  constructor(load: Load<Value>) {
    this.#load = load;
  }

  load(id: string): Loading<Value> {
    let awaited = this.#known.get(id);
    if (awaited === undefined) {
      this.#batch ??= { ids: [], awaited: [], done: afterAllWhoAskNow().then(() => this.#read()) };
      awaited = new Awaited<Value>(this.#batch.done);
      this.#batch.ids.push(id);
      this.#batch.awaited.push(awaited);
      this.#known.set(id, awaited);
    }
    return new Loading(awaited);
  }

  /** What is known already is not read, unless it was asked for before. */
  prime(id: string, value: Value): void {
    if (!this.#known.has(id)) this.#known.set(id, new Awaited(null, value));
  }

  async #read(): Promise<void> {
    const { ids, awaited } = this.#batch as Batch<Value>;
    this.#batch = null;
    try {
      const values = await this.#load(ids);
      for (const [i, one] of awaited.entries()) {
        const value = values[i] as Value | Error;
        one.settle(value instanceof Error ? new Thrown(value) : value);
      }
    } catch (error) {
      // Whoever asks again has it read again.
      for (const id of ids) this.#known.delete(id);
      for (const one of awaited) one.settle(new Thrown(error));
    }
  }
}

/** After all who go on by promises that are kept now: they may ask for more of the same. */
async function afterAllWhoAskNow(): Promise<void> {
  await null;
  await new Promise<void>((resolve) => process.nextTick(resolve));
}
