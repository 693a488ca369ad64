interface Sized {
  readonly width: number;
  readonly height: number;
}

/** Throws RangeError unless width and height are whole, positive and agree with the length of the data. */
export function requireGrid(
  name: string,
  grid: Sized & { readonly data: { readonly length: number }; readonly channels?: number },
): void {
  const { width, height, data, channels = 1 } = grid;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`${name} is ${width}×${height}; width and height must be whole numbers from 1`);
  }
  if (!Number.isInteger(channels) || channels < 1) {
    throw new RangeError(`${name} has ${channels} channels; it must have a whole number from 1`);
  }
  if (data.length !== width * height * channels) {
    throw new RangeError(
      `${name} is ${width}×${height}×${channels} but holds ${data.length} values; pass data of width × height × channels`,
    );
  }
}

/** Throws RangeError unless both grids have the same width and height. */
export function requireSameSize(nameA: string, a: Sized, nameB: string, b: Sized): void {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `${nameA} is ${a.width}×${a.height} but ${nameB} is ${b.width}×${b.height}; crop or resample one to the other`,
    );
  }
}

/** Throws RangeError at the first NaN or infinity. Costs one subtraction a value; none for arrays of integers. */
export function requireFinite(name: string, values: ArrayLike<number>): void {
  if (ArrayBuffer.isView(values) && !(values instanceof Float32Array || values instanceof Float64Array))
    return;
  const n = values.length;
  const even = n & ~3;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  // v − v is 0 for finite values and NaN for all others, and NaN stays.
  for (let i = 0; i < even; i += 4) {
    const v0 = values[i]!;
    const v1 = values[i + 1]!;
    const v2 = values[i + 2]!;
    const v3 = values[i + 3]!;
    a += v0 - v0;
    b += v1 - v1;
    c += v2 - v2;
    d += v3 - v3;
  }
  for (let i = even; i < n; i++) a += values[i]! - values[i]!;
  if (a + b + c + d === 0) return;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name} holds ${values[i]} at index ${i}; replace it by a finite value first`);
    }
  }
}

/** Throws RangeError unless `value` is a finite number of at least `least`. */
export function requireAtLeast(name: string, value: number, least: number): void {
  if (!Number.isFinite(value) || value < least) {
    throw new RangeError(`${name} is ${value}; it must be a finite number of at least ${least}`);
  }
}

/** Throws RangeError unless `value` is a whole number of at least `least`. */
export function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} is ${value}; it must be a whole number from ${least}`);
  }
}
