/** A bar and what it measures. */
export interface ScaleBar {
  /** In CSS pixels. */
  readonly length: number;
  /** Such as `100 µm`. */
  readonly label: string;
}

const units = [
  ['nm', 1e-3],
  ['µm', 1],
  ['mm', 1e3],
  ['cm', 1e4],
] as const;

/**
 * The longest bar of 1, 2 or 5 times a power of ten that is no longer than `longest` CSS pixels.
 *
 * @param scale CSS pixels per pixel of the picture
 * @param pixelSizeUm micrometres per pixel; null where unknown: then the bar counts pixels
 */
export function chooseScaleBar(scale: number, pixelSizeUm: number | null, longest = 160): ScaleBar {
  const perPixel = pixelSizeUm ?? 1;
  const length = roundDown((longest / scale) * perPixel);
  const shown = (length / perPixel) * scale;
  if (pixelSizeUm === null) return { length: shown, label: `${tidy(length)} px` };
  const [unit, size] = units.findLast(([, least]) => length >= least) ?? units[0];
  return { length: shown, label: `${tidy(length / size)} ${unit}` };
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const step = [5, 2, 1].find((n) => n * power <= value * (1 + 1e-9)) ?? 1;
  return step * power;
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(3)));
}
