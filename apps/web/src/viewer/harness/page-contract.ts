/** What the page shows, as JSON in the address's fragment. */
export interface HarnessSetup {
  /** Several viewers are linked. The viewer's properties that JSON can hold. */
  readonly viewers: readonly {
    readonly label: string;
    readonly classes?: readonly { readonly name: string; readonly colour?: string | null }[];
    readonly link?: string;
    readonly setContrast?: readonly { readonly black: number; readonly white: number }[];
    readonly pixelSizeUm?: number | null;
    readonly mapNames?: readonly [string, string];
    readonly selected?: readonly number[];
  }[];
  /** Addresses of each viewer's objects by the names of the viewer's properties. */
  readonly objects: readonly Partial<
    Record<'picture' | 'classMap' | 'otherMap' | 'instances' | 'uncertainty', string>
  >[];
}

/** What the page has seen, as `window.seen`. */
export interface Seen {
  link: string;
  picks: { labels: readonly number[]; how: string }[];
  problems: { code: string; message: string; cure: string }[];
  /** How often an address was renewed. */
  renewals: number;
  frames: number;
  /** When the first frame with a picture was drawn, in ms since the page began. */
  firstPixels: number | null;
  /** Longest time in ms for which a part of the picture was bare since `watch` was set. */
  longestBare: number;
  watch: boolean;
}

declare global {
  interface Window {
    seen: Seen;
    /** Set by a test: gives a fresh address for an expired one. */
    renewAddress?: (url: string) => Promise<string>;
  }
}
