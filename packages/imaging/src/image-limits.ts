/** What a file may ask for; checked from its header before anything is allocated. */
export interface ImageLimits {
  /** Pixels of one plane. */
  readonly pixels: number;
  /** Pages of a TIFF. */
  readonly pages: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Seconds that one decoding may take. */
  readonly seconds: number;
  /** Bytes that one decoding may hold at once: the raster and what it is made from. */
  readonly memoryBytes: number;
}

export const defaultImageLimits: ImageLimits = {
  pixels: 40_000 * 40_000,
  pages: 20_000,
  bytes: 64 * 1024 ** 3,
  seconds: 60,
  memoryBytes: 2 * 1024 ** 3,
};
