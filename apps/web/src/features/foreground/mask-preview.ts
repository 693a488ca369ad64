import type { ForegroundRegion } from '@cellmixer/cellmixer/foreground';
import type { Address } from '#viewer/source/address.ts';
import { Pyramid } from '#viewer/source/pyramid.ts';
import type { PreviewAnswer, PreviewMask, PreviewRequest } from './preview-messages.ts';

/** Numbers of a picture that are worked on in the browser; the rest of a slide's memory is some times that. */
const MOST_VALUES = 24_000_000;

export interface PreviewSource {
  readonly address: Address;
  readonly light: string;
  /** All of them, as the API gives them. */
  readonly parameters: unknown;
}

interface Wanted {
  readonly parameters: unknown;
  readonly region: ForegroundRegion;
}

/**
 * A picture whose mask is made anew in a thread of this browser, by the same code and from the same pixels as on the
 * server. One mask is made at a time; of what is asked for meanwhile only the newest is made next.
 */
export class MaskPreview {
  readonly width: number;
  readonly height: number;
  /** The picture's values, one array for each channel. */
  readonly channels: readonly ArrayLike<number>[];
  /** Called with each mask, in the order in which they are asked for. */
  onMask: (mask: PreviewMask) => void = () => {};
  onProblem: (message: string) => void = () => {};
  readonly #worker: Worker;
  #wanted: Wanted | null = null;
  #busy = true;
  #asked = 0;

  /** @throws Error in words where the picture cannot be read or is too large */
  static async open(
    { address, light, parameters }: PreviewSource,
    signal: AbortSignal,
  ): Promise<MaskPreview> {
    const pyramid = await Pyramid.open(address, { what: 'the picture', cacheBytes: 64 * 2 ** 20 });
    const { width, height } = pyramid;
    if (width * height * pyramid.channels > MOST_VALUES) {
      throw new Error(
        `The picture has ${width} × ${height} pixels, too many to be tried out here. Press Apply: the server finds the cells.`,
      );
    }
    const channels: ArrayLike<number>[] = [];
    for (let i = 0; i < pyramid.channels; i++)
      channels.push((await pyramid.window(0, [0, 0, width, height], signal, i)).data);
    signal.throwIfAborted();
    return new MaskPreview({ width, height, channels }, light, parameters);
  }

  private constructor(
    picture: {
      readonly width: number;
      readonly height: number;
      readonly channels: readonly ArrayLike<number>[];
    },
    light: string,
    parameters: unknown,
  ) {
    this.width = picture.width;
    this.height = picture.height;
    this.channels = picture.channels;
    this.#worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<PreviewAnswer>) => this.#hear(data));
    this.#worker.addEventListener('error', ({ message }) =>
      this.onProblem(
        `The preview has stopped: ${message || 'its code could not be loaded'}. Reload the page.`,
      ),
    );
    this.#say({ kind: 'open', picture, light, parameters });
  }

  /** Has a mask made; what was asked for before and has not begun is forgotten. */
  ask(parameters: unknown, region: ForegroundRegion): void {
    this.#wanted = { parameters, region };
    this.#next();
  }

  close(): void {
    this.#worker.terminate();
  }

  #next(): void {
    if (this.#busy || this.#wanted === null) return;
    const { parameters, region } = this.#wanted;
    this.#wanted = null;
    this.#busy = true;
    this.#say({ kind: 'mask', id: ++this.#asked, parameters, region });
  }

  #hear(answer: PreviewAnswer): void {
    this.#busy = false;
    if (answer.kind === 'mask') this.onMask(answer);
    else if (answer.kind === 'problem') this.onProblem(answer.message);
    this.#next();
  }

  #say(request: PreviewRequest): void {
    this.#worker.postMessage(request);
  }
}
