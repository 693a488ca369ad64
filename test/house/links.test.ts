import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** Files that the pages in Markdown point at, pictures too; addresses and places within a page are left out. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

it('every page in Markdown points at files that are there', () => {
  const exclude = ['**/node_modules', '.data', '**/.next'];
  const pages = globSync('**/*.md', { exclude });
  const links = pages.flatMap((page) =>
    linksOf(readFileSync(page, 'utf8')).map((link) => ({ page, link, there: join(dirname(page), link) })),
  );
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter(({ there }) => !existsSync(there)).map(({ page, link }) => `${page}: ${link}`)).toEqual(
    [],
  );
});
