/** One tile to decode. */
export interface DecodeJob {
  readonly id: number;
  /** TIFF's number of the compression. */
  readonly compression: number;
  readonly predictor: number;
  /** Of the square tile. */
  readonly side: number;
  readonly samples: number;
  readonly bits: number;
  readonly packed: ArrayBuffer;
}

export type DecodeResult =
  | { readonly id: number; readonly decoded: ArrayBuffer }
  | { readonly id: number; readonly error: string };
