import { type Html, html } from './html.ts';

export interface Series {
  readonly name: string;
  /** A CSS colour, such as `var(--first)`. */
  readonly colour: string;
  /** SVG dash pattern, so that lines are told apart without colours; empty is solid. */
  readonly dash: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChartOptions {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** For people who cannot see it: what it shows. */
  readonly words: string;
}

const WIDTH = 520;
const HEIGHT = 240;
const LEFT = 46;
const RIGHT = 96;
const TOP = 12;
const BOTTOM = 40;

/** Lines over a common axis from 0, each named at its end. */
export function lineChart(series: readonly Series[], { title, x, y, words }: LineChartOptions): Html {
  const all = series.flatMap((line) => line.points);
  const right = Math.max(1, ...all.map((point) => point[0]));
  const top = niceCeiling(Math.max(1e-9, ...all.map((point) => point[1])));
  const toX = (value: number) => LEFT + (value / right) * (WIDTH - LEFT - RIGHT);
  const toY = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const ends = spreadOut(series.map((line) => toY(line.points.at(-1)?.[1] ?? 0)));
  return html`<figure class="chart">
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">
${[0, 0.25, 0.5, 0.75, 1].map(
  (
    share,
  ) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${toY(share * top)}" y2="${toY(share * top)}"/>
<text class="tick" x="${LEFT - 6}" y="${toY(share * top) + 4}" text-anchor="end">${label(share * top)}</text>
<text class="tick" x="${toX(share * right)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${Math.round(share * right)}</text>`,
)}
<text class="tick" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${x}</text>
${series.map(
  (
    line,
    i,
  ) => html`<polyline fill="none" stroke="${line.colour}" stroke-width="2" stroke-dasharray="${line.dash}" points="${line.points.map((point) => `${toX(point[0]).toFixed(1)},${toY(point[1]).toFixed(1)}`).join(' ')}"/>
<text class="name" fill="${line.colour}" x="${WIDTH - RIGHT + 8}" y="${ends[i]! + 4}">${line.name}</text>`,
)}
</svg>
<figcaption><b>${title}</b> ${y}</figcaption>
</figure>`;
}

/** Names at the ends of lines, moved apart to at least 15 units, and none below the axis. */
function spreadOut(positions: readonly number[]): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  const placed = [...positions];
  let lowest = HEIGHT - BOTTOM - 4;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i]!, lowest);
    lowest = placed[i]! - 15;
  }
  return placed;
}

/** The next number whose quarters are short. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8].find((step) => step * power >= value) ?? 10) * power;
}

function label(value: number): string {
  return String(Number(value.toPrecision(3)));
}
