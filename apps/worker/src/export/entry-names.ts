/**
 * Names of files in an archive: letters, digits and a few signs, so that they can be unpacked anywhere, and each once
 * even where letters' case does not count.
 */
export function entryNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const stem = name
      .replace(/\.[A-Za-z0-9]{1,5}$/, '')
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
