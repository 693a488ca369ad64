/** Red, green and blue, 0…255, of "#rrggbb"; grey for what is none. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? '888888';
  const part = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}
