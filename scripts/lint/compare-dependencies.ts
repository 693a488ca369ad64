/** The parts of a package.json that name packages. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What is wrong between the manifests and the page that justifies them: one sentence a fault. */
export function compareDependencies(
  manifests: readonly { readonly path: string; readonly manifest: Manifest }[],
  page: string,
): string[] {
  const justified = new Set([...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? ''));
  const used = new Map<string, string>();
  const problems: string[] = [];
  for (const { path, manifest } of manifests) {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    for (const [name, version] of Object.entries(all)) {
      if (name.startsWith('@cellmixer/')) continue;
      used.set(name, path);
      if (!/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
        problems.push(`"${name}" in ${path} is "${version}"; pin one exact version`);
      }
    }
  }
  for (const [name, path] of used) {
    if (!justified.has(name)) problems.push(`"${name}" (${path}) has no line "| \`${name}\` | why |"`);
  }
  for (const name of justified) {
    if (!used.has(name)) problems.push(`"${name}" has a line, but no package.json names it`);
  }
  return problems;
}
