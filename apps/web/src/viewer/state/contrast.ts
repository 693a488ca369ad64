/** The values of a channel that are shown black and white. */
export interface Contrast {
  readonly black: number;
  readonly white: number;
}

/**
 * The 2nd and the 98th percentile of a channel's values; NaN and infinities are left out. Give it the smallest level
 * of a pyramid. A channel of one value gets a range of one step, so that it is shown even.
 */
export function autoContrast(values: ArrayLike<number>): Contrast {
  const finite = Float64Array.from(values).filter(Number.isFinite).sort();
  if (finite.length === 0) return { black: 0, white: 1 };
  const at = (share: number): number => finite[Math.round(share * (finite.length - 1))]!;
  const [black, white] = [at(0.02), at(0.98)];
  return { black, white: white > black ? white : black + 1 };
}

/** The largest value that a kind of number is meant to show: of floats, what has been seen. */
export function topOf(
  kind: 'uint8' | 'uint16' | 'uint32' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64',
): number {
  const whole = /^(u?)int(\d+)$/.exec(kind);
  if (whole === null) return 1;
  return 2 ** (Number(whole[2]) - (whole[1] === 'u' ? 0 : 1)) - 1;
}
