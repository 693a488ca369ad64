import type { Samples } from '../source/samples.ts';

/** Texels on a side of one block. */
export const edgeBlock = 8;

/**
 * Which blocks of 8 × 8 texels lie at an edge of any of the maps, or beside such a block: only there must the shader
 * look for outlines, which is dear. 1 or 0, row by row.
 */
export function edgeBlocks(
  maps: readonly (Samples | null)[],
  width: number,
  height: number,
): { readonly data: Uint8Array<ArrayBuffer>; readonly width: number; readonly height: number } {
  const across = Math.ceil(width / edgeBlock);
  const down = Math.ceil(height / edgeBlock);
  const at = new Uint8Array(across * down);
  for (const map of maps) {
    if (!map) continue;
    for (let y = 0; y < height; y++) {
      const blocks = (y >> 3) * across;
      const below = y + 1 < height ? width : 0;
      for (let x = 0, i = y * width; x < width; x++, i++) {
        const value = map[i]!;
        if ((x + 1 < width && map[i + 1] !== value) || map[i + below] !== value) at[blocks + (x >> 3)] = 1;
      }
    }
  }
  const data = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      if (at[y * across + x] === 0) continue;
      for (let v = Math.max(0, y - 1); v <= Math.min(down - 1, y + 1); v++) {
        data.fill(1, v * across + Math.max(0, x - 1), v * across + Math.min(across - 1, x + 1) + 1);
      }
    }
  }
  return { data, width: across, height: down };
}
