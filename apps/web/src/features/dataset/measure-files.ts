import type { FoundFile, MeasuredFile } from './upload-queue.ts';

/** Milliseconds for which the page may stand still. */
const SLICE = 10;

/**
 * Files with their sizes, some at a time. Browsers ask the disk each time that a size is read, and the page stands
 * still meanwhile: it is read once, and the page gets its turn in between.
 */
export async function* measureFiles(files: readonly FoundFile[]): AsyncGenerator<readonly MeasuredFile[]> {
  let some: MeasuredFile[] = [];
  let end = performance.now() + SLICE;
  for (const { file, path } of files) {
    const { size } = file;
    some.push({ file, path, size, key: `${path} ${size} ${file.lastModified}` });
    if (performance.now() < end) continue;
    yield some;
    some = [];
    await new Promise((done) => setTimeout(done));
    end = performance.now() + SLICE;
  }
  if (some.length > 0) yield some;
}
