import type { ExchangeResponse } from './exchange.ts';
import { patientExchange } from './patient-exchange.ts';

export interface ConnectionOptions {
  /** Where the model server is: `http://127.0.0.1:4810`. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly model: string;
  /** The newest by default. */
  readonly version?: string;
  /** Ends what is under way and whatever is asked for later. */
  readonly signal?: AbortSignal;
  /** How long a busy or unreachable server is asked again for one request, ms; two minutes by default. */
  readonly patienceMs?: number;
}

export interface Question {
  readonly method: 'GET' | 'POST';
  /** What follows the model's own path: `/infer`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Its parts in a row. */
  readonly body?: readonly Uint8Array[];
  readonly signal?: AbortSignal | undefined;
}

/** One model on one server. */
export class ModelConnection {
  readonly #options: ConnectionOptions;
  readonly #address: string;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { url, model, version } = options;
    const versionPath = version === undefined ? '' : `/versions/${encodeURIComponent(version)}`;
    this.#address = `${url.replace(/\/+$/, '')}/v2/models/${encodeURIComponent(model)}${versionPath}`;
  }

  ask({ method, path, headers = {}, body = [], signal }: Question): Promise<ExchangeResponse> {
    const { token, patienceMs = 120_000 } = this.#options;
    const signals = [this.#options.signal, signal].filter((one) => one !== undefined);
    return patientExchange({
      url: this.#address + path,
      method,
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body,
      patienceMs,
      signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
    });
  }
}
