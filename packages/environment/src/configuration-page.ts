import { notes, variables } from './variables.ts';

/** The page `docs/operators/configuration.md`, in Markdown, made from the table of variables. */
export function configurationPage(): string {
  const groups = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(variables.shape)) {
    const note = notes.get(schema);
    if (note === undefined) throw new Error(`${name} has no note`);
    const standard = schema.safeParse(undefined);
    const absent = standard.data === undefined ? (note.absent ?? '') : `\`${standard.data}\``;
    const says = note.secret === true ? `${note.says} A secret: never printed.` : note.says;
    const row = `| \`${name}\` | ${says} | ${note.unit} | ${absent} |`;
    groups.set(note.group, [...(groups.get(note.group) ?? []), row]);
  }
  const tables = [...groups].map(
    ([group, rows]) =>
      `## ${group}\n\n| variable | what it does | unit | when absent |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  );
  return `${head}\n${tables.join('\n')}`;
}

const head = `# Configuration

Everything is set by environment variables; none is needed. Empty text counts as absent. A value that cannot be
is refused at the start, by name.

<!-- Made by \`npm run generate\` from packages/environment/src/variables.ts. -->
`;
