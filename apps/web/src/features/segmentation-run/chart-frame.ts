import type { FigureSize } from '#ui/save-figure.tsx';

/** In the model's order, which every chart keeps. */
export type ChartClasses = readonly { readonly name: string; readonly colour: string }[];

/** Narrow places have the classes below each other. */
export function facets(classes: ChartClasses, { width }: FigureSize) {
  const stacked = width / classes.length < 150;
  const channel = stacked ? { fy: 'className' } : { fx: 'className' };
  const scale = { domain: classes.map(({ name }) => name), label: null, padding: 0.12 };
  return { stacked, channel, scales: stacked ? { fy: scale } : { fx: scale } };
}

/** The height of a chart whose classes stand in squares, side by side or below each other. */
export function squareHeight(
  classes: ChartClasses,
  { width, fontSize }: FigureSize,
  stacked: boolean,
): number {
  const side = stacked ? width - 9 * fontSize : width / classes.length;
  return Math.round(Math.min(260, Math.max(140, side)) * (stacked ? classes.length : 1) + 3 * fontSize);
}

export function look({ width, fontSize }: FigureSize, classes: ChartClasses) {
  return {
    width,
    style: {
      fontSize: `${fontSize}px`,
      fontFamily: 'inherit',
      background: 'transparent',
      overflow: 'visible',
    },
    color: { domain: classes.map(({ name }) => name), range: classes.map(({ colour }) => colour) },
  };
}

export const share = (value: number) => `${Math.round(100 * value)} %`;
export const dot = { fill: 'className', stroke: 'currentColor', strokeWidth: 0.75, r: 3.5 };
