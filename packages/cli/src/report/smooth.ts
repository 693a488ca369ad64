/** A curve's points made calm: means over windows, at most `most` of them. */
export function smooth(
  points: readonly (readonly [x: number, y: number])[],
  most = 60,
): (readonly [x: number, y: number])[] {
  const window = Math.max(1, Math.ceil(points.length / most));
  const calm: (readonly [number, number])[] = [];
  for (let start = 0; start < points.length; start += window) {
    const part = points.slice(start, start + window);
    const mean = (k: 0 | 1) => part.reduce((sum, point) => sum + point[k], 0) / part.length;
    calm.push([mean(0), mean(1)]);
  }
  return calm;
}
