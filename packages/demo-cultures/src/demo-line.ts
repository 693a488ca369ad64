/** The three lines that are drawn. They differ in outline and texture alone. */
export const demoLines = ['cobble', 'spindle', 'star'] as const;

export type DemoLine = (typeof demoLines)[number];

/** What a person sees of a line, in one sentence. */
export const demoLineWords: Readonly<Record<DemoLine, string>> = {
  cobble: 'rounded cells with fine grains',
  spindle: 'long, slightly bent cells with stripes along them',
  star: 'cells with three to five arms and coarse blotches',
};

/** Mean area of a cell of every line, px². */
export const CELL_AREA = 700;

/** Class of a line in a class map: 1, 2, 3. */
export function classOfLine(line: DemoLine): number {
  return demoLines.indexOf(line) + 1;
}
