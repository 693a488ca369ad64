/** The sizes of a stack along the axes that its pages count, the slowest first. */
export type ShapedStack = readonly { readonly axis: 'T' | 'Z' | 'C'; readonly size: number }[];

/**
 * Reads what tifffile writes into a plain TIFF of several pages, where its axes were named:
 * `{"shape": [5, 2, 512, 512], "axes": "TCYX"}`; null where they were not, or are others.
 */
export function parseShaped(description: string): ShapedStack | null {
  const { shape, axes } = readJson(description);
  if (!Array.isArray(shape) || typeof axes !== 'string' || shape.length !== axes.length) return null;
  const counted = /^([TZC]*)YXS?$/.exec(axes)?.[1];
  if (counted === undefined || new Set(counted).size !== counted.length) return null;
  const stack: ShapedStack[number][] = [];
  for (const [i, axis] of [...counted].entries()) {
    const size: unknown = shape[i];
    if (!Number.isInteger(size) || typeof size !== 'number' || size < 1) return null;
    if (axis === 'T' || axis === 'Z' || axis === 'C') stack.push({ axis, size });
  }
  return stack;
}

function readJson(text: string): { readonly shape?: unknown; readonly axes?: unknown } {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
