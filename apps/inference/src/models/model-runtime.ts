import { availableParallelism } from 'node:os';
import type { Model, ModelHost, Provider } from '@cellmixer/nn';

/** Opens networks. onnxruntime is loaded with the first of them: a server that nobody asks stays small. */
export class ModelRuntime {
  readonly #provider: Provider;
  readonly #threads: number;
  #starting: Promise<ModelHost> | undefined;
  #host: ModelHost | undefined;

  constructor(options: { readonly provider: Provider; readonly threads?: number | undefined }) {
    this.#provider = options.provider;
    this.#threads = options.threads ?? availableParallelism();
  }

  /** Runs that go on at the same time; cores until a provider is chosen. */
  get lanes(): number {
    return this.#host?.lanes ?? this.#threads;
  }

  /** Undefined until the first network is opened. */
  get provider(): string | undefined {
    return this.#host?.provider;
  }

  /** @throws MODEL_UNREADABLE, PROVIDER_UNAVAILABLE */
  async open(bytes: Uint8Array): Promise<Model> {
    this.#starting ??= this.#start();
    return (await this.#starting).open(bytes);
  }

  async close(): Promise<void> {
    await (await this.#starting?.catch(() => undefined))?.close();
  }

  async #start(): Promise<ModelHost> {
    try {
      const { createModelHost } = await import('@cellmixer/nn');
      this.#host = await createModelHost({ provider: this.#provider, threads: this.#threads });
      return this.#host;
    } catch (error) {
      // A device that was away may be back when the next request comes.
      this.#starting = undefined;
      throw error;
    }
  }
}
