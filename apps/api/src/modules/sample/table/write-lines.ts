/** Lines as a cell holds them: `A172:0.7; BT474:0.3`; null where there are none. */
export function writeLines(
  lines: readonly { readonly name: string; readonly fraction: number | null }[],
): string | null {
  if (lines.length === 0) return null;
  return lines
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, fraction }) => (fraction === null ? quoted(name) : `${quoted(name)}:${fraction}`))
    .join('; ');
}

function quoted(name: string): string {
  return /[;:"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
