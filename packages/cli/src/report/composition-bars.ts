import type { Rgb } from '@cellmixer/pixels';
import { css } from './colours.ts';
import { type Html, html } from './html.ts';

export interface CompositionRow {
  readonly name: string;
  /** Shares of the types, 0…1. */
  readonly shares: readonly number[];
}

const WIDTH = 520;
const NAME = 84;
const BAR = 20;
const GAP = 5;

/** Stacked bars, one below the other: what each side says that a picture is made of. */
export function compositionBars(
  title: string,
  rows: readonly CompositionRow[],
  types: readonly string[],
  palette: readonly Rgb[],
): Html {
  const height = rows.length * (BAR + GAP);
  const words = rows.map((row) => `${row.name}: ${saySharesOf(row, types)}`).join('; ');
  return html`<figure class="chart bars">
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${words}">
${rows.map((row, i) => bar(row, i * (BAR + GAP), types, palette))}
</svg>
<figcaption>${title}</figcaption>
</figure>`;
}

function bar(row: CompositionRow, y: number, types: readonly string[], palette: readonly Rgb[]): Html {
  let x = NAME;
  const parts = row.shares.map((share, k) => {
    const width = share * (WIDTH - NAME);
    const part = html`<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${css(palette[k]!)}"><title>${types[k] ?? ''} ${percent(share)}</title></rect>${
      width > 34
        ? html`<text class="inside" x="${(x + width / 2).toFixed(1)}" y="${y + 15}" text-anchor="middle">${percent(share)}</text>`
        : null
    }`;
    x += width;
    return part;
  });
  return html`<text class="tick" x="${NAME - 8}" y="${y + 15}" text-anchor="end">${row.name}</text>${parts}`;
}

function saySharesOf(row: CompositionRow, types: readonly string[]): string {
  return row.shares.map((share, k) => `${types[k] ?? ''} ${percent(share)}`).join(', ');
}

export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : '–';
}
