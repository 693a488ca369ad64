import type { Address } from './source/address.ts';
import type { Contrast } from './state/contrast.ts';
import type { ViewerProblem } from './viewer-problem.ts';

/** One class of the map, class 1 first. */
export interface ViewerClass {
  readonly name: string;
  /** `#RRGGBB` of the registry; null or absent where the line has none. Clashing ones get a substitute. */
  readonly colour?: string | null;
}

export interface ViewerProps {
  /** What is looked at, for people who cannot see it: the picture's name. */
  readonly label: string;
  /** A tiled OME-TIFF pyramid as `writeOmeTiffPyramid` writes it. Change the object only to show another picture. */
  readonly picture: Address;
  /** 8 bits: 0 background and unassigned, 1… the classes. As large as the picture, like all maps. */
  readonly classMap?: Address | null;
  /** A second class map of the same classes: then they can be swiped and their disagreement shown. */
  readonly otherMap?: Address | null;
  /** 8, 16 or 32 bits: 0 background, then one number for each object. Needed for picking and the lasso. */
  readonly instances?: Address | null;
  /** 8 bits: 0 sure … 255 as unsure as can be. */
  readonly uncertainty?: Address | null;
  /** The classes' names and colours, class 1 first. */
  readonly classes?: readonly ViewerClass[];
  /** What the two class maps are called: their models' names. */
  readonly mapNames?: readonly [first: string, second: string];
  /** Micrometres per pixel where the picture itself does not say; null or absent: unknown. */
  readonly pixelSizeUm?: number | null;
  /** One contrast for all pictures of a set, channel by channel; absent: from the picture's own 2nd to 98th percentile. */
  readonly setContrast?: readonly Contrast[];
  /** How to begin: a text that `onLinkChange` gave. Read once. */
  readonly link?: string;
  /** The view as a short text for the address, some 200 ms after each change. */
  readonly onLinkChange?: (link: string) => void;
  /** Objects that were clicked on (one, or none beside all objects) or caught with the lasso. */
  readonly onPick?: (labels: readonly number[], how: 'click' | 'lasso') => void;
  /** Objects that are marked as chosen. */
  readonly selected?: readonly number[];
  /** What cannot be shown and what to do. The viewer says so itself too. */
  readonly onProblem?: (problem: ViewerProblem) => void;
  /** After each frame that was drawn; for measurements. */
  readonly onFrame?: (canvas: HTMLCanvasElement) => void;
}
