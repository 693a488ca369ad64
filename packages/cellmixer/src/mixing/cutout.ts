import { smooth } from './clumps.ts';
import type { Part } from './cut-part.ts';
import type { StockPicture } from './stock.ts';

/** Empty pixels around a cut-out, so that a bilinear read needs no look at the edge. */
const FRAME = 2;

/** A clump or a part of one as it lies in its picture; reused from donor to donor. */
export interface Cutout {
  /** Pixels of a row of all arrays, and of a channel. */
  stride: number;
  plane: number;
  /** Where there is anything, in the arrays' own pixels; right and bottom exclusive. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** 0…1. */
  alpha: Float32Array;
  /** 0 outside, 1 sure cell, 2 undecided. */
  state: Uint8Array;
  /** [C, …]: deviation from the local background × gain. */
  image: Float32Array;
}

const everywhere = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

export function createCutout(): Cutout {
  const empty = { stride: 0, plane: 0, left: 0, top: 0, right: 0, bottom: 0 };
  return { ...empty, alpha: new Float32Array(0), state: new Uint8Array(0), image: new Float32Array(0) };
}

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Copies what belongs to the clump (and to the part of it) with its soft border. */
export function cutOut(
  cutout: Cutout,
  picture: StockPicture,
  label: number,
  box: Box,
  part: Part | null,
  base: readonly number[],
  gains: readonly number[],
): void {
  const { width, height } = picture;
  const reach = part?.reach ?? Number.POSITIVE_INFINITY;
  const x0 = Math.max(0, box.x0, part === null ? 0 : Math.floor(part.x - reach));
  const y0 = Math.max(0, box.y0, part === null ? 0 : Math.floor(part.y - reach));
  const x1 = Math.min(width, box.x1, part === null ? width : Math.ceil(part.x + reach) + 1);
  const y1 = Math.min(height, box.y1, part === null ? height : Math.ceil(part.y + reach) + 1);
  reserve(cutout, x1 - x0, y1 - y0, base.length);
  copyShape(cutout, picture, label, { x0, y0, x1, y1 }, part);
  copyPixels(cutout, picture, x0 - FRAME, y0 - FRAME, base, gains);
}

function reserve(cutout: Cutout, width: number, height: number, channels: number): void {
  cutout.stride = width + 2 * FRAME;
  cutout.plane = cutout.stride * (height + 2 * FRAME);
  if (cutout.alpha.length < cutout.plane) {
    cutout.alpha = new Float32Array(cutout.plane);
    cutout.state = new Uint8Array(cutout.plane);
  } else {
    cutout.alpha.fill(0, 0, cutout.plane);
    cutout.state.fill(0, 0, cutout.plane);
  }
  if (cutout.image.length < cutout.plane * channels) cutout.image = new Float32Array(cutout.plane * channels);
}

function copyShape(cutout: Cutout, picture: StockPicture, label: number, box: Box, part: Part | null): void {
  const { alpha, state, stride } = cutout;
  const { width, trimap } = picture;
  const { owner, alpha: soft } = picture.clumps;
  let left = box.x1;
  let top = box.y1;
  let right = box.x0;
  let bottom = box.y0;
  for (let y = box.y0; y < box.y1; y++) {
    const [outerFrom, outerTo] = part?.span(y, 0) ?? everywhere;
    const [innerFrom, innerTo] = part?.span(y, 1) ?? everywhere;
    const from = Math.max(box.x0, Math.ceil(outerFrom));
    const to = Math.min(box.x1 - 1, Math.floor(outerTo));
    const row = (y - box.y0 + FRAME) * stride + FRAME - box.x0;
    for (let x = from; x <= to; x++) {
      const i = y * width + x;
      if (owner[i] !== label || soft[i] === 0) continue;
      let a = soft[i]! / 255;
      if (part !== null && (x < innerFrom || x > innerTo)) a *= smooth(part.inside(x, y));
      alpha[row + x] = a;
      if (trimap[i] !== 0) state[row + x] = trimap[i] === 1 && a >= 0.5 ? 1 : 2;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  cutout.left = left - box.x0 + FRAME;
  cutout.top = top - box.y0 + FRAME;
  cutout.right = Math.max(left, right) - box.x0 + FRAME;
  cutout.bottom = Math.max(top, bottom) - box.y0 + FRAME;
}

/** Pixels of the filled window and one more on each side; beyond the picture its edge goes on. */
function copyPixels(
  cutout: Cutout,
  picture: StockPicture,
  originX: number,
  originY: number,
  base: readonly number[],
  gains: readonly number[],
): void {
  const { width, height } = picture;
  const { image, stride, plane } = cutout;
  for (let c = 0; c < base.length; c++) {
    const offset = base[c]!;
    const gain = gains[c]!;
    for (let y = cutout.top - 1; y <= cutout.bottom; y++) {
      const row = (c * height + Math.max(0, Math.min(height - 1, originY + y))) * width;
      for (let x = cutout.left - 1; x <= cutout.right; x++) {
        const v = picture.image[row + Math.max(0, Math.min(width - 1, originX + x))]!;
        image[c * plane + y * stride + x] = gain * (v - offset);
      }
    }
  }
}
