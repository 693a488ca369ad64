import type { ForegroundRegion } from '@cellmixer/cellmixer/foreground';
import type { PreviewMask } from './preview-messages.ts';

/** As in the previews that the server draws: stands out from grey and from stains. */
const OUTLINE = [230, 159, 0] as const;
/** In a trimap. */
const UNDECIDED = 255;
/** Share of white over undecided pixels. */
const VEIL = 0.28;

export interface Shown {
  readonly width: number;
  readonly channels: readonly ArrayLike<number>[];
  /** For each channel: the values that are shown black and white. */
  readonly contrast: readonly { readonly black: number; readonly white: number }[];
}

/** A region of a picture as RGBA: three channels as colours, else the first one as grey. */
export function drawRegion({ width, channels, contrast }: Shown, region: ForegroundRegion) {
  const out = new Uint8ClampedArray(4 * region.width * region.height);
  for (let c = 0; c < 3; c++) {
    const from = channels.length === 3 ? c : 0;
    const values = channels[from]!;
    const { black, white } = contrast[from]!;
    const factor = 255 / Math.max(1e-9, white - black);
    for (let y = 0, o = c; y < region.height; y++) {
      let i = (region.y + y) * width + region.x;
      for (let x = 0; x < region.width; x++, i++, o += 4) out[o] = (values[i]! - black) * factor;
    }
  }
  for (let o = 3; o < out.length; o += 4) out[o] = 255;
  return out;
}

/** Draws a mask over a region: its outline, `thickness` pixels inwards, and a veil over what is undecided. In place. */
export function drawMask(
  rgba: Uint8ClampedArray,
  { region: { width, height }, mask, trimap }: Pick<PreviewMask, 'region' | 'mask' | 'trimap'>,
  thickness: number,
): void {
  const outside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const o = 4 * i;
      if (
        mask[i] === 1 &&
        (outside(x - thickness, y) ||
          outside(x + thickness, y) ||
          outside(x, y - thickness) ||
          outside(x, y + thickness))
      ) {
        for (let c = 0; c < 3; c++) rgba[o + c] = OUTLINE[c]!;
      } else if (trimap[i] === UNDECIDED) {
        for (let c = 0; c < 3; c++) rgba[o + c]! += VEIL * (255 - rgba[o + c]!);
      }
    }
  }
}
