import { describe, expect, it } from 'vitest';
import { measureFiles } from './measure-files.ts';
import type { FoundFile, MeasuredFile } from './upload-queue.ts';

const found = (path: string, words = 'x', lastModified = 1): FoundFile => ({
  path,
  file: new File([words], path.split('/').at(-1) ?? path, { lastModified }),
});

async function measured(files: readonly FoundFile[]): Promise<MeasuredFile[]> {
  const all: MeasuredFile[] = [];
  for await (const some of measureFiles(files)) all.push(...some);
  return all;
}

describe('files that are dropped', () => {
  it('come with their sizes, each and in their order, however many there are', async () => {
    const files = Array.from({ length: 5000 }, (_, i) => found(`a${i}.png`, 'x'.repeat(i % 7)));
    const seen = await measured(files);
    expect(seen.map(({ path, size }) => [path, size])).toEqual(
      files.map(({ path, file }) => [path, file.size]),
    );
  });

  it('are two where folder, size or date differ, and one where nothing does', async () => {
    const [first, ...others] = await measured([
      found('day 1/a.png'),
      found('day 2/a.png'),
      found('day 1/a.png', 'xy'),
      found('day 1/a.png', 'x', 2),
      found('day 1/a.png'),
    ]);
    expect(others.map(({ key }) => key === first?.key)).toEqual([false, false, false, true]);
  });
});
