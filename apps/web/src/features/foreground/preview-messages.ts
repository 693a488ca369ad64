import type { ForegroundRegion } from '@cellmixer/cellmixer/foreground';

/** A whole picture as it lies in the bucket: one array for each channel, native values. */
export interface NativePicture {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly ArrayLike<number>[];
}

/** What the page says to its worker. */
export type PreviewRequest =
  | {
      readonly kind: 'open';
      readonly picture: NativePicture;
      /** The method’s kind of light, and all parameters; both as the API gives them. */
      readonly light: string;
      readonly parameters: unknown;
    }
  | {
      readonly kind: 'mask';
      readonly id: number;
      readonly parameters: unknown;
      readonly region: ForegroundRegion;
    };

/** A mask of a region, and how much of it is cell. */
export interface PreviewMask {
  readonly region: ForegroundRegion;
  /** 1 cell, 0 background. */
  readonly mask: Uint8Array<ArrayBuffer>;
  /** 1 surely cell, 0 surely background, 255 undecided: what the server keeps. */
  readonly trimap: Uint8Array<ArrayBuffer>;
  readonly coverage: number;
  readonly confluent: boolean;
}

/** What the worker says to the page. */
export type PreviewAnswer =
  | { readonly kind: 'opened' }
  | ({ readonly kind: 'mask'; readonly id: number } & PreviewMask)
  | { readonly kind: 'problem'; readonly id: number | null; readonly message: string };
