import type { Rgb } from '@cellmixer/pixels';
import { type Html, html } from './html.ts';

export function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** What the colours mean: a square and a name for each type. */
export function legend(types: readonly string[], palette: readonly Rgb[]): Html {
  return html`<ul class="legend">${types.map(
    (type, k) => html`<li><i style="background:${css(palette[k]!)}"></i>${type}</li>`,
  )}</ul>`;
}
