import { setTimeout as pause } from 'node:timers/promises';
import { CellMixerError } from '@cellmixer/errors';
import { errorOfResponse } from './response-error.ts';

export interface PatientRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** How long a busy or unreachable server is asked again, ms. */
  readonly patienceMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A successful answer, read to its end. */
export interface Answer {
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Asks until the server answers with success. Where it is busy, about to stop, or not to be reached, it is asked again
 * after the pause that it names (`Retry-After`), or after one that grows to five seconds.
 *
 * @throws what the server says is wrong; SERVICE_BUSY, SERVICE_UNAVAILABLE when patience is at its end; CANCELLED
 */
export async function patientFetch(request: PatientRequest): Promise<Answer> {
  const start = performance.now();
  for (let attempt = 0; ; attempt++) {
    const outcome = await askOnce(request);
    if ('body' in outcome) return outcome;
    const wait = outcome.retryAfterMs ?? Math.min(5000, 100 * 2 ** attempt);
    if (!outcome.passing || performance.now() - start + wait > request.patienceMs) throw outcome.error;
    await pause(wait, undefined, { signal: request.signal }).catch(() => {});
    throwIfCancelled(request.signal);
  }
}

interface Failure {
  readonly error: CellMixerError;
  /** Whether the same request may well succeed later. */
  readonly passing: boolean;
  readonly retryAfterMs: number | undefined;
}

async function askOnce({ url, method, headers, body, signal }: PatientRequest): Promise<Answer | Failure> {
  throwIfCancelled(signal);
  try {
    const response = await fetch(url, { method, headers, body: body ?? null, signal: signal ?? null });
    const received = new Uint8Array(await response.arrayBuffer());
    if (response.ok) return { headers: response.headers, body: received };
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      error: errorOfResponse(response.status, received),
      passing: response.status === 429 || response.status === 503,
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
    };
  } catch (cause) {
    throwIfCancelled(signal);
    return { error: unreachable(url, cause), passing: true, retryAfterMs: undefined };
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new CellMixerError('CANCELLED', 'the prediction was stopped before its end', {
      cause: signal.reason,
    });
}

function unreachable(url: string, cause: unknown): CellMixerError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const words = inner instanceof Error ? inner.message : String(inner);
  return new CellMixerError(
    'SERVICE_UNAVAILABLE',
    `the model server at ${new URL(url).origin} cannot be reached: ${words}`,
    { cure: 'Look whether the model server runs and INFERENCE_URL is its address.', cause },
  );
}
