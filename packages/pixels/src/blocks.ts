import { requireWhole } from './checks.ts';

/** A rectangle of whole pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture: cores tile the picture without overlap, outers add a margin on all sides, cut at the picture's edge. */
export interface Block {
  readonly core: Rect;
  readonly outer: Rect;
}

/** The blocks of a picture, row by row from the upper left; cores have a side of `size` pixels but at the right and lower edge. */
export function* blocksOf(width: number, height: number, size: number, margin: number): Generator<Block> {
  requireWhole('width', width, 1);
  requireWhole('height', height, 1);
  requireWhole('size', size, 1);
  requireWhole('margin', margin, 0);
  for (let y = 0; y < height; y += size) {
    for (let x = 0; x < width; x += size) {
      const core = { x, y, width: Math.min(size, width - x), height: Math.min(size, height - y) };
      const x0 = Math.max(0, x - margin);
      const y0 = Math.max(0, y - margin);
      const x1 = Math.min(width, x + core.width + margin);
      const y1 = Math.min(height, y + core.height + margin);
      yield { core, outer: { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } };
    }
  }
}

/** The common part of two rectangles, or null. */
export function intersection(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
