/** A file on its way into the bucket. */
export interface QueuedFile {
  readonly key: string;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  /** 0…1 of its bytes. */
  readonly share: number;
  readonly problem: string | null;
  readonly uploadId: string | null;
  /** What is odd about it, although it was taken. */
  readonly warning: string | null;
}

export type QueueAction =
  | { readonly kind: 'add'; readonly files: readonly File[] }
  | { readonly kind: 'change'; readonly key: string; readonly change: Partial<QueuedFile> }
  | { readonly kind: 'retry' }
  | { readonly kind: 'clear' };

/** What a browser calls two drops of one file. */
export function keyOf(file: File): string {
  return `${file.name} ${file.size} ${file.lastModified}`;
}

/** Files are taken once; what failed waits again after `retry`; `clear` leaves what is under way. */
export function changeQueue(queue: readonly QueuedFile[], action: QueueAction): readonly QueuedFile[] {
  switch (action.kind) {
    case 'add': {
      const known = new Set(queue.map(({ key }) => key));
      const fresh = action.files.filter((file) => !known.has(keyOf(file)));
      return [
        ...queue,
        ...fresh.map((file) => ({
          key: keyOf(file),
          file,
          state: 'waiting' as const,
          share: 0,
          problem: null,
          uploadId: null,
          warning: null,
        })),
      ];
    }
    case 'change':
      return queue.map((one) => (one.key === action.key ? { ...one, ...action.change } : one));
    case 'retry':
      return queue.map((one) =>
        one.state === 'failed' ? { ...one, state: 'waiting', share: 0, problem: null, uploadId: null } : one,
      );
    case 'clear':
      return queue.filter(({ state }) => state === 'waiting' || state === 'sending');
  }
}
