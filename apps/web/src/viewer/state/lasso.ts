/** A part of a map of objects, read at one level of its pyramid. */
export interface LabelWindow {
  readonly width: number;
  readonly height: number;
  /** Row by row; 0 is background. */
  readonly data: ArrayLike<number>;
  /** Where its upper left corner lies in the picture, in pixels of the full resolution. */
  readonly left: number;
  readonly top: number;
  /** Pixels of the full resolution per pixel of the window. */
  readonly scale: number;
}

export type Point = readonly [x: number, y: number];

/**
 * The labels of objects that lie inside a polygon (positions of the full resolution) with more than half of what the
 * window shows of them, ascending. Even-odd rule, pixels by their middles.
 */
export function labelsInside(window: LabelWindow, polygon: readonly Point[]): number[] {
  const { width, height, data, left, top, scale } = window;
  const all = new Map<number, number>();
  const inside = new Map<number, number>();
  for (let row = 0; row < height; row++) {
    const crossings = crossingsAt(top + (row + 0.5) * scale, polygon);
    let passed = 0;
    for (let column = 0; column < width; column++) {
      const x = left + (column + 0.5) * scale;
      while (passed < crossings.length && crossings[passed]! <= x) passed++;
      const label = data[row * width + column]!;
      if (label === 0) continue;
      all.set(label, (all.get(label) ?? 0) + 1);
      if (passed % 2 === 1) inside.set(label, (inside.get(label) ?? 0) + 1);
    }
  }
  return [...inside]
    .filter(([label, count]) => 2 * count > (all.get(label) ?? 0))
    .map(([label]) => label)
    .sort((a, b) => a - b);
}

/** Where a horizontal line crosses the polygon's edges, from left to right. */
function crossingsAt(y: number, polygon: readonly Point[]): number[] {
  const found: number[] = [];
  for (const [i, [x1, y1]] of polygon.entries()) {
    const [x2, y2] = polygon[(i + 1) % polygon.length]!;
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return found.sort((a, b) => a - b);
}
