import { type Html, html } from './html.ts';

export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly (string | number | Html)[])[];
}

/** A table that scrolls by itself where the page is too narrow for it. */
export function table({ caption, columns, rows }: ReportTable): Html {
  return html`<figure class="table"><figcaption>${caption}</figcaption><div class="scroll"><table aria-label="${caption}">
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([head, ...cells]) =>
      html`<tr><th scope="row">${head ?? ''}</th>${cells.map((cell) => html`<td>${typeof cell === 'number' ? digits(cell) : cell}</td>`)}</tr>`,
  )}</tbody></table></div></figure>`;
}

export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
