/** 3×3, row by row. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

/** @throws RangeError where the matrix has no inverse. */
export function invert3(matrix: Matrix3): Matrix3 {
  const [a, b, c, d, e, f, g, h, k] = matrix;
  const determinant = a * (e * k - f * h) - b * (d * k - f * g) + c * (d * h - e * g);
  if (!(Math.abs(determinant) > 1e-12)) {
    throw new RangeError(`matrix [${matrix.join(', ')}] has no inverse; its rows must differ in direction`);
  }
  const s = 1 / determinant;
  return [
    (e * k - f * h) * s,
    (c * h - b * k) * s,
    (b * f - c * e) * s,
    (f * g - d * k) * s,
    (a * k - c * g) * s,
    (c * d - a * f) * s,
    (d * h - e * g) * s,
    (b * g - a * h) * s,
    (a * e - b * d) * s,
  ];
}

type Vector3 = readonly [number, number, number];

/** Unit eigenvectors of a symmetric matrix, largest eigenvalue first (Jacobi's rotations). */
export function eigenvectors3(matrix: Matrix3): readonly [Vector3, Vector3, Vector3] {
  const a = Float64Array.from(matrix);
  const v = Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const apq = a[3 * p + q]!;
      rest += Math.abs(apq);
      if (apq === 0) continue;
      const theta = (a[4 * q]! - a[4 * p]!) / (2 * apq);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      const s = t * c;
      for (let i = 0; i < 3; i++) {
        const x = a[3 * i + p]!;
        const y = a[3 * i + q]!;
        a[3 * i + p] = c * x - s * y;
        a[3 * i + q] = s * x + c * y;
      }
      for (let i = 0; i < 3; i++) {
        const x = a[3 * p + i]!;
        const y = a[3 * q + i]!;
        a[3 * p + i] = c * x - s * y;
        a[3 * q + i] = s * x + c * y;
      }
      for (let i = 0; i < 3; i++) {
        const x = v[3 * i + p]!;
        const y = v[3 * i + q]!;
        v[3 * i + p] = c * x - s * y;
        v[3 * i + q] = s * x + c * y;
      }
    }
    if (rest < 1e-300) break;
  }
  const order = [0, 1, 2].sort((i, j) => a[4 * j]! - a[4 * i]!);
  const column = (i: number): Vector3 => [v[i]!, v[3 + i]!, v[6 + i]!];
  return [column(order[0]!), column(order[1]!), column(order[2]!)];
}
