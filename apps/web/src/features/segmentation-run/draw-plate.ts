import type { FigureSize } from '#ui/save-figure.tsx';
import { type Plate, rowName, type Well } from './plate-wells.ts';

/** The class whose share is drawn. */
export interface ShownClass {
  /** In the model's order, from 0. */
  readonly place: number;
  readonly name: string;
  readonly colour: string;
}

/** So dark is a well at most, that its number can be read on every colour. */
const DARKEST = 0.6;
/** Where wells are too small for numbers: what their shades mean. */
const KEY = [0, 0.25, 0.5, 0.75, 1];

/** A plate as the text of an SVG for print, in black on nothing; wells without pictures are dashed. */
export function drawPlate(plate: Plate, shown: ShownClass, { width, fontSize }: FigureSize): string {
  const left = (plate.rows > 26 ? 2 : 1.4) * fontSize;
  const top = 3.2 * fontSize;
  const pitch = Math.min((width - left) / plate.columns, 5 * fontSize);
  const numbered = pitch >= 2.5 * fontSize;
  const middle = (place: number) => (place + 0.5) * pitch;
  const parts = [
    words(0, fontSize, `${plate.name === '' ? '' : `${plate.name}: `}share of ${shown.name}, % of cells`),
  ];
  for (let column = 0; column < plate.columns; column++)
    if (pitch >= 1.3 * fontSize || (column + 1) % 4 === 0)
      parts.push(words(left + middle(column), top - 0.5 * fontSize, String(column + 1), 'middle'));
  for (let row = 0; row < plate.rows; row++)
    if (pitch >= 1.1 * fontSize || row % 4 === 0)
      parts.push(words(left - 0.4 * fontSize, top + middle(row) + 0.35 * fontSize, rowName(row), 'end'));
  const radius = 0.45 * pitch;
  const wells = new Map(plate.wells.map((well) => [`${well.row} ${well.column}`, well]));
  for (let row = 0; row < plate.rows; row++) {
    for (let column = 0; column < plate.columns; column++) {
      const [x, y] = [left + middle(column), top + middle(row)];
      const well = wells.get(`${row} ${column}`);
      parts.push(circle(x, y, radius, well === undefined ? null : shareOf(well, shown), shown.colour));
      if (well !== undefined && numbered)
        parts.push(words(x, y + 0.35 * fontSize, percentOf(shareOf(well, shown)), 'middle'));
    }
  }
  let height = top + plate.rows * pitch + 1;
  if (!numbered) {
    const y = height + fontSize;
    for (const [at, share] of KEY.entries()) {
      const x = left + (at + 0.5) * 4 * fontSize - fontSize;
      parts.push(circle(x, y, 0.45 * fontSize, share, shown.colour));
      parts.push(words(x + 0.8 * fontSize, y + 0.35 * fontSize, percentOf(share)));
    }
    height = y + fontSize;
  }
  const size = `width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}"`;
  const font = `font-family="IBM Plex Sans, Arial, sans-serif" font-size="${round(fontSize)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font} fill="#000000">${parts.join('')}</svg>`;
}

/** NaN for a well in which no cell has a class. */
function shareOf(well: Well, { place }: ShownClass): number {
  return well.shares[place] ?? Number.NaN;
}

function percentOf(share: number): string {
  return Number.isNaN(share) ? '–' : String(Math.round(100 * share));
}

/** A well; one without pictures (null) is dashed. */
function circle(x: number, y: number, radius: number, share: number | null, colour: string): string {
  const place = `cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" stroke="#000000"`;
  if (share === null) return `<circle ${place} stroke-opacity="0.3" stroke-dasharray="1.5 1.5" fill="none"/>`;
  const shade = round(DARKEST * (Number.isNaN(share) ? 0 : share));
  return `<circle ${place} stroke-opacity="0.6" stroke-width="0.75" fill="${escaped(colour)}" fill-opacity="${shade}"/>`;
}

function words(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '');
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
