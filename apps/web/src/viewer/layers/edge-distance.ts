import type { Samples } from '../source/samples.ts';

/** Beyond this many texels distances are all the same. */
export const farthestEdge = 15;

/**
 * How far each texel is from an edge of any of the maps, in texels along rows, columns and diagonals (chessboard): 1 at
 * the edge itself, `farthestEdge` at most. Looking for outlines is dear for the shader; this says where it need not.
 */
export function edgeDistance(
  maps: readonly (Samples | null)[],
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const distance = new Uint8Array(width * height).fill(farthestEdge);
  for (const map of maps) if (map) markEdges(map, width, height, distance);
  // Two sweeps, each looking at the neighbours that it has passed (Rosenfeld and Pfaltz 1966).
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let least = distance[i]! - 1;
      if (least === 0) continue;
      if (x > 0) least = Math.min(least, distance[i - 1]!);
      if (y > 0) {
        least = Math.min(least, distance[i - width]!);
        if (x > 0) least = Math.min(least, distance[i - width - 1]!);
        if (x + 1 < width) least = Math.min(least, distance[i - width + 1]!);
      }
      distance[i] = least + 1;
    }
  }
  for (let y = height - 1, i = width * height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, i--) {
      let least = distance[i]! - 1;
      if (least === 0) continue;
      if (x + 1 < width) least = Math.min(least, distance[i + 1]!);
      if (y + 1 < height) {
        least = Math.min(least, distance[i + width]!);
        if (x > 0) least = Math.min(least, distance[i + width - 1]!);
        if (x + 1 < width) least = Math.min(least, distance[i + width + 1]!);
      }
      distance[i] = least + 1;
    }
  }
  return distance;
}

/** 1 on both sides of every edge. */
function markEdges(map: Samples, width: number, height: number, distance: Uint8Array): void {
  for (let y = 0, i = 0; y < height; y++) {
    const last = y + 1 === height;
    for (let x = 0; x < width; x++, i++) {
      const value = map[i]!;
      if (x + 1 < width && map[i + 1] !== value) distance[i] = distance[i + 1] = 1;
      if (!last && map[i + width] !== value) distance[i] = distance[i + width] = 1;
    }
  }
}
