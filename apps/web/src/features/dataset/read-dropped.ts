import type { FoundFile } from './upload-queue.ts';

/** All files of a drop, those in folders too; hidden files are left out. */
export async function readDropped(data: DataTransfer): Promise<FoundFile[]> {
  // The entries must be taken before the first pause: the browser empties the list then.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return readChosen(data.files);
  const files: FoundFile[] = [];
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
