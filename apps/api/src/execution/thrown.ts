/** What a resolver threw, in place of its value. */
export class Thrown {
  readonly reason: unknown;
  constructor(reason: unknown) {
    this.reason = reason;
  }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** The values once all of them are there, or what was thrown instead. */
export async function allSettled(values: readonly unknown[]): Promise<unknown[]> {
  try {
    return await Promise.all(values);
  } catch {
    // Only where something was thrown is each asked on its own, which makes a promise more for each.
    return Promise.all(
      values.map((value) =>
        isPromise(value) ? value.then(undefined, (reason) => new Thrown(reason)) : value,
      ),
    );
  }
}
