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
  const [black, white] = values instanceof Uint16Array ? counted(values) : sorted(values);
  return { black, white: white > black ? white : black + 1 };
}

const SHARES = [0.02, 0.98] as const;

function sorted(values: ArrayLike<number>): readonly [number, number] {
  const finite = Float64Array.from(values).filter(Number.isFinite).sort();
  if (finite.length === 0) return [0, 1];
  const [low, high] = SHARES.map((share) => finite[Math.round(share * (finite.length - 1))]!);
  return [low!, high!];
}

/** The same without sorting, which holds up the page where a level has many pixels. */
function counted(values: Uint16Array): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const counts = new Uint32Array(65_536);
  for (let i = 0; i < values.length; i++) counts[values[i]!]!++;
  const [low, high] = SHARES.map((share) => {
    let before = Math.round(share * (values.length - 1));
    let value = 0;
    while (before >= counts[value]!) before -= counts[value++]!;
    return value;
  });
  return [low!, high!];
}

/** The largest value that a kind of number is meant to show: of floats, what has been seen. */
export function topOf(
  kind: 'uint8' | 'uint16' | 'uint32' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64',
): number {
  const whole = /^(u?)int(\d+)$/.exec(kind);
  if (whole === null) return 1;
  return 2 ** (Number(whole[2]) - (whole[1] === 'u' ? 0 : 1)) - 1;
}
