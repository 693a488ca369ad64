import { type DemoLine, demoLines } from './demo-line.ts';
import { type DrawnPicture, drawField, type Field } from './draw-culture.ts';

export interface DrawMixtureOptions extends Field {
  /** Parts by area, any positive scale; lines that are left out have none. */
  readonly fractions: Readonly<Partial<Record<DemoLine, number>>>;
}

/** A field in which the lines grow together. The areas follow the fractions to within about a cell of each line. */
export function drawMixture(options: DrawMixtureOptions): DrawnPicture {
  const parts = demoLines.map((line) => ({ line, part: options.fractions[line] ?? 0 }));
  const sum = parts.reduce((total, { part }) => total + part, 0);
  if (!(sum > 0) || !Number.isFinite(sum) || parts.some(({ part }) => part < 0)) {
    throw new RangeError(
      `fractions are ${JSON.stringify(options.fractions)}; give parts of ${demoLines.join(', ')}, none below 0, one above`,
    );
  }
  const present = parts.filter(({ part }) => part > 0);
  return drawField(options, ['mixture'], (covered) => {
    // The line that is farthest behind its part comes next.
    const behind = present.map(({ line, part }) => ({ line, filled: (covered.get(line) ?? 0) / part }));
    return behind.reduce((a, b) => (b.filled < a.filled ? b : a)).line;
  });
}
