import type { FoundFile, MeasuredFile } from './upload-queue.ts';

/** Milliseconds for which the page may stand still. */
const SLICE = 10;

/**
 * Files with their sizes, some at a time. Browsers ask the disk each time that a size is read, and the page stands
 * still meanwhile: it is read once, and the page gets its turn in between.
 */
export async function* measureFiles(files: readonly FoundFile[]): AsyncGenerator<readonly MeasuredFile[]> {
  let some: MeasuredFile[] = [];
  // Taking the files in has held the page up already.
  await turn();
  let end = performance.now() + SLICE;
  for (const { file, path } of files) {
    const { size } = file;
    some.push({ file, path, size, key: `${path} ${size} ${file.lastModified}` });
    if (performance.now() < end) continue;
    yield some;
    some = [];
    await turn();
    end = performance.now() + SLICE;
  }
  if (some.length > 0) yield some;
}

/** Lets the page have its turn. */
function turn(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
