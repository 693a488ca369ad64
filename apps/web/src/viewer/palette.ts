import { CLASS_COLOURS } from '@cellmixer/pixels/class-colours';
import { distanceForAllEyes } from './colour-distance.ts';

/** `#RRGGBB`, upper case. */
export type Hex = string;

/** The colours of classes, in the order in which they are given out. The documentation's table is this one. */
export const classColours: readonly Hex[] = CLASS_COLOURS.map(({ hex }) => hex.toUpperCase());

/** These sink into mid-grey for some eyes, so that areas in them always carry an outline. */
export const outlinedColours: ReadonlySet<Hex> = new Set(['#CC79A7', '#009E73']);

/** Cells that no class won. */
export const unassignedColour: Hex = '#BDBDBD';

/** The ground under every picture, in both themes. */
export const canvasColour: Hex = '#1A1A1A';

/** Opacity of filled classes. */
export const fillOpacity = 0.35;

/** Width of outlines in CSS pixels. */
export const outlineWidth = 1.5;

/** Colours of stains, in the order of channels; one channel alone is white. */
export const stainColours: readonly Hex[] = [
  '#00FF00',
  '#FF00FF',
  '#00A0FF',
  '#FF8C00',
  '#FFFFFF',
  '#FFFF00',
];

/** Cividis (Nuñez, Anderton and Renslow 2018) at ten even steps, sure to unsure. */
export const cividis: readonly Hex[] = [
  '#00204D',
  '#00336F',
  '#39486B',
  '#575C6D',
  '#707173',
  '#8A8779',
  '#A69D75',
  '#C4B56C',
  '#E4CF5B',
  '#FFEA46',
];

/** A class's colour in one run. */
export interface ClassColour {
  readonly colour: Hex;
  /** Carries an outline even where classes are filled. */
  readonly outlined: boolean;
  /** The registry's colour was too close to another one of this run, and this stands in for it. */
  readonly substitute: boolean;
}

/** Nearer than this two colours are taken for each other by somebody. */
const tooClose = 0.09;

/**
 * The colours of a run's classes: the registry's (`#RRGGBB`, null where the line has none) as far as all eyes can tell
 * them apart, first come first served; for the others the colour of the palette that is farthest from all that are
 * taken. Beyond seven classes colours come near each other; then names must tell.
 */
export function coloursOfRun(registered: readonly (string | null)[]): ClassColour[] {
  const kept: (Hex | null)[] = [];
  for (const wish of registered) {
    const colour = wish !== null && /^#[0-9a-f]{6}$/i.test(wish) ? wish.toUpperCase() : null;
    const clashes = colour !== null && kept.some((other) => other !== null && near(colour, other));
    kept.push(clashes ? null : colour);
  }
  const taken = kept.filter((colour) => colour !== null);
  return kept.map((colour, i) => {
    const given = colour ?? free(taken);
    if (colour === null) taken.push(given);
    const wished = registered[i] !== null;
    return {
      colour: given,
      outlined: outlinedColours.has(given),
      substitute: wished && colour === null,
    };
  });
}

function near(a: Hex, b: Hex): boolean {
  return distanceForAllEyes(a, b) < tooClose;
}

/** The first colour of the palette that is near none; if there is none left, the farthest. */
function free(taken: readonly Hex[]): Hex {
  let best = classColours[0]!;
  let bestDistance = -1;
  for (const colour of classColours) {
    const distance = Math.min(Infinity, ...taken.map((other) => distanceForAllEyes(colour, other)));
    if (distance >= tooClose) return colour;
    if (distance > bestDistance) [best, bestDistance] = [colour, distance];
  }
  return best;
}

/** Red, green and blue, 0…255. */
export function rgbOf(hex: Hex): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Cividis between its steps: 0 sure … 1 unsure. */
export function cividisAt(share: number): [number, number, number] {
  const place = Math.min(1, Math.max(0, share)) * (cividis.length - 1);
  const from = Math.min(cividis.length - 2, Math.floor(place));
  const [a, b] = [rgbOf(cividis[from]!), rgbOf(cividis[from + 1]!)];
  const blend = (i: 0 | 1 | 2): number => Math.round(a[i] + (place - from) * (b[i] - a[i]));
  return [blend(0), blend(1), blend(2)];
}
