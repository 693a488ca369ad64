import { fileOf } from '@cellmixer/sample-names';

/**
 * Names of files in an archive: letters, digits and a few signs, so that they can be unpacked anywhere, and each once
 * even where letters' case does not count.
 */
export function entryNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const file = fileOf(name);
    // C7.tif · t 3 → C7 t 3
    const timePoint = name.slice(file.length).replace(/^ · /, ' ');
    const stem = `${file.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 100 - timePoint.length)}${timePoint}`
      .normalize('NFC')
      .replace(/[^\p{L}\p{N} ._-]/gu, '_')
      .replace(/^[. ]+|[. ]+$/g, '')
      .slice(0, 100);
    const base = stem === '' ? 'image' : stem;
    let free = base;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${base} (${n})`;
    taken.add(free.toLowerCase());
    return free;
  });
}
