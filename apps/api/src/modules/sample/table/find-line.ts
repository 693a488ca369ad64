export interface KnownLine {
  readonly id: string;
  readonly name: string;
  readonly accession: string | null;
}

type Found =
  | { readonly line: KnownLine }
  | { readonly message: string; readonly cure: string; readonly registrable: boolean };

/** A line of the registry by its name, whatever its capitals, or by its accession where one line alone has it. */
export function findLine(text: string, lines: readonly KnownLine[]): Found {
  const small = text.toLowerCase();
  const named = lines.find((line) => line.name.toLowerCase() === small);
  if (named !== undefined) return { line: named };
  const accession = lines.filter((line) => line.accession?.toLowerCase() === small);
  const [only, another] = accession;
  if (only !== undefined && another === undefined) return { line: only };
  if (only !== undefined) {
    const names = accession.map((line) => `"${line.name}"`).join(', ');
    return { message: `${names} share this accession`, cure: 'Name one of them.', registrable: false };
  }
  if (/^cvcl_/i.test(text))
    return {
      message: `no line "${text}" is in the registry`,
      cure: 'Register the line among the cell lines, under its name and with this accession.',
      registrable: false,
    };
  return {
    message: `no line "${text}" is in the registry`,
    cure: 'Correct the name, or register the line among the cell lines first.',
    registrable: true,
  };
}
