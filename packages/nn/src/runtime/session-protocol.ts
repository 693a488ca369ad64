import type { SessionSettings, TensorValue } from './session.ts';

/** An input: values, or the name of a tensor that an earlier run of the same thread kept. */
export type Feed = TensorValue | { readonly kept: string };

export interface RunRequest {
  readonly feeds: Readonly<Record<string, Feed>>;
  /** Outputs that are written into memory that the caller gives, shared between threads. */
  readonly into?: Readonly<Record<string, TensorValue>>;
  /** Outputs that are handed back as new arrays. */
  readonly fetch?: readonly string[];
  /** Outputs that stay in the thread under a name for later feeds; on the device where the session says so. */
  readonly keep?: Readonly<Record<string, string>>;
}

export type Command =
  | {
      readonly kind: 'open';
      readonly session: number;
      readonly model: Uint8Array;
      readonly settings: SessionSettings;
    }
  | { readonly kind: 'run'; readonly session: number; readonly request: RunRequest }
  | { readonly kind: 'close'; readonly session: number }
  /** The last command: the thread releases its sessions and leaves. */
  | { readonly kind: 'end' };

export interface Envelope {
  readonly id: number;
  readonly command: Command;
}

export type Outputs = Readonly<Record<string, TensorValue>>;

export type Reply =
  | { readonly id: number; readonly outputs: Outputs }
  | { readonly id: number; readonly error: string };

export interface ThreadStart {
  /** Becomes 1 when the thread is to end: what has not begun by then is dropped. */
  readonly ending: Int32Array<SharedArrayBuffer>;
}
