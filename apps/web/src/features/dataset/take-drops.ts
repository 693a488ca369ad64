import type { FoundFile } from './upload-queue.ts';

/** What becomes of a drag of files, and what was dropped. */
export type DropMessage =
  | { readonly kind: 'over'; readonly folders: boolean }
  /** `other`: a drag of text or the like, which is none of ours. */
  | { readonly kind: 'out' | 'dropped' | 'other' }
  | { readonly kind: 'files'; readonly files: readonly FoundFile[] }
  /** All that was dropped has been told of; what could not be read, by its path. */
  | { readonly kind: 'read'; readonly unread: readonly string[] };

/**
 * Listens for files dragged onto a document, and tells of all that are dropped, those in folders too, a hundred at a
 * time.
 *
 * Its text is run in a frame of its own (`drop-cover.tsx`), so it must use nothing from outside itself.
 */
export function takeDrops(
  place: Document,
  tell: (message: DropMessage) => void,
  until: { readonly signal?: AbortSignal } = {},
): void {
  const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', take: (event: DragEvent) => void) =>
    place.addEventListener(type, take, until);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  // Both say that files may be dropped here: of a pointer that comes to another element only the first tells.
  const allow = (event: DragEvent) => {
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
  };
  on('dragenter', (event) => {
    if (!hasFiles(event)) return tell({ kind: 'other' });
    allow(event);
    // A folder has no type, nor has what the browser does not know.
    const folders = [...event.dataTransfer!.items].some(({ kind, type }) => kind === 'file' && type === '');
    tell({ kind: 'over', folders });
  });
  on('dragover', (event) => {
    if (hasFiles(event)) allow(event);
  });
  on('dragleave', (event) => {
    if (hasFiles(event) && event.relatedTarget === null) tell({ kind: 'out' });
  });
  on('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    tell({ kind: 'dropped' });
    // All must be taken before the first pause: the browser empties the list then.
    const dropped = [...event.dataTransfer!.items]
      .filter(({ kind }) => kind === 'file')
      .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
    void readAll(dropped);
  });

  async function readAll(
    dropped: readonly { readonly entry: FileSystemEntry | null; readonly file: File | null }[],
  ) {
    const unread: string[] = [];
    let some: FoundFile[] = [];
    const give = (file: File, path: string) => {
      some.push({ file, path });
      if (some.length < 100) return;
      tell({ kind: 'files', files: some });
      some = [];
    };
    const walk = async (entry: FileSystemEntry): Promise<void> => {
      const path = entry.fullPath.replace(/^\//, '');
      try {
        if (entry.isFile) {
          const one = entry as FileSystemFileEntry;
          give(await new Promise<File>((done, fail) => one.file(done, fail)), path);
          return;
        }
        const reader = (entry as FileSystemDirectoryEntry).createReader();
        for (;;) {
          const inside = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
          if (inside.length === 0) return;
          for (const one of inside) await walk(one);
        }
      } catch {
        unread.push(path);
      }
    };
    for (const { entry, file } of dropped) {
      if (entry?.isDirectory) await walk(entry);
      else if (file !== null) give(file, file.name);
    }
    if (some.length > 0) tell({ kind: 'files', files: some });
    tell({ kind: 'read', unread });
  }
}
