import { setTimeout as pause } from 'node:timers/promises';
import { CellMixerError } from '@cellmixer/errors';
import { type ExchangeRequest, type ExchangeResponse, exchange } from './exchange.ts';
import { errorOfResponse } from './response-error.ts';

export interface PatientRequest extends ExchangeRequest {
  /** How long a busy or unreachable server is asked again, ms. */
  readonly patienceMs: number;
}

/**
 * Asks until the server answers with success. Where it is busy, about to stop, or not to be reached, it is asked again
 * after the pause that it names (`Retry-After`), or after one that grows to five seconds.
 *
 * @throws what the server says is wrong; SERVICE_BUSY, SERVICE_UNAVAILABLE when patience is at its end; CANCELLED
 */
export async function patientExchange(request: PatientRequest): Promise<ExchangeResponse> {
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

async function askOnce(request: PatientRequest): Promise<ExchangeResponse | Failure> {
  throwIfCancelled(request.signal);
  try {
    const response = await exchange(request);
    const { status, headers, body } = response;
    if (status >= 200 && status < 300) return response;
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    return {
      error: errorOfResponse(status, body),
      passing: status === 429 || status === 503,
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
    };
  } catch (cause) {
    throwIfCancelled(request.signal);
    return { error: unreachable(request.url, cause), passing: true, retryAfterMs: undefined };
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new CellMixerError('CANCELLED', 'the prediction was stopped before its end', {
      cause: signal.reason,
    });
}

function unreachable(url: string, cause: unknown): CellMixerError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new CellMixerError(
    'SERVICE_UNAVAILABLE',
    `the model server at ${new URL(url).origin} cannot be reached: ${words}`,
    { cure: 'Look whether the model server runs and INFERENCE_URL is its address.', cause },
  );
}
