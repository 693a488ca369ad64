import type { FoundFile } from './upload-queue.ts';

/** What says by its ending that it is a picture; a folder has no type, nor has what the browser does not know. */
const PICTURE = /^image\//;

/** All files of a drop, those in folders too; hidden files are left out. */
export async function readDropped(data: DataTransfer): Promise<FoundFile[]> {
  // All must be taken before the first pause: the browser empties the list then.
  const files: FoundFile[] = [];
  const entries: FileSystemEntry[] = [];
  for (const item of data.items) {
    // Whether something is a folder the browser asks the disk, and the page stands still meanwhile.
    const entry = PICTURE.test(item.type) ? null : item.webkitGetAsEntry();
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    else if (file !== null) files.push({ file, path: file.name });
  }
  for (const entry of entries) await collect(entry, files);
  return files.filter(isShown);
}

/** The files that were chosen by a dialog. */
export function readChosen(list: FileList | null): FoundFile[] {
  return [...(list ?? [])]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(isShown);
}

const isShown = ({ file }: FoundFile) => !file.name.startsWith('.');

async function collect(entry: FileSystemEntry, files: FoundFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    files.push({ file, path: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return;
    for (const one of some) await collect(one, files);
  }
}
