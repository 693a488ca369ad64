/** A file and where it was found; files of one name may come from several folders. */
export interface FoundFile {
  readonly file: File;
  readonly path: string;
}

/** A file with what the browser has asked the disk for. */
export interface MeasuredFile extends FoundFile {
  /** What a browser calls two drops of one file. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** A file on its way into the bucket. */
export interface QueuedFile extends MeasuredFile {
  /** `there`: the dataset had it already. */
  readonly state: 'waiting' | 'sending' | 'sent' | 'there' | 'failed';
  /** 0…1 of its bytes. */
  readonly share: number;
  /** While it is sent: something did not get through, and is sent again. */
  readonly again: boolean;
  readonly problem: string | null;
  /** What is odd about it, although it was taken. */
  readonly warning: string | null;
}

export type QueueAction =
  | { readonly kind: 'add'; readonly files: readonly MeasuredFile[] }
  | { readonly kind: 'change'; readonly keys: readonly string[]; readonly change: Partial<QueuedFile> }
  | { readonly kind: 'retry' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'clear' };

/**
 * Files are taken once; what failed waits again after `retry`, what waits has failed after `stop`; `clear` leaves what
 * is under way.
 */
export function changeQueue(queue: readonly QueuedFile[], action: QueueAction): readonly QueuedFile[] {
  switch (action.kind) {
    case 'add': {
      const known = new Set(queue.map(({ key }) => key));
      const fresh = action.files.filter(({ key }) => !known.has(key) && known.add(key));
      return [
        ...queue,
        ...fresh.map((found) => ({
          ...found,
          state: 'waiting' as const,
          share: 0,
          again: false,
          problem: null,
          warning: null,
        })),
      ];
    }
    case 'change': {
      const keys = new Set(action.keys);
      return queue.map((one) => (keys.has(one.key) ? { ...one, ...action.change } : one));
    }
    case 'retry':
      return queue.map((one) =>
        one.state === 'failed' ? { ...one, state: 'waiting', share: 0, again: false, problem: null } : one,
      );
    case 'stop':
      return queue.map((one) =>
        one.state === 'waiting' ? { ...one, state: 'failed', problem: 'Stopped.' } : one,
      );
    case 'clear':
      return queue.filter(({ state }) => state === 'waiting' || state === 'sending');
  }
}
