import { gaussian, type Plane } from '@cellmixer/pixels';

/** Largest value in the square of side 2 · radius + 1 around each pixel; beyond the edge there is nothing. */
export function localMaximum(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    rows.set(data.subarray(o, o + width), o);
    for (let d = 1; d <= radius && d < width; d++) {
      for (let x = 0; x + d < width; x++) {
        const v = data[o + x + d]!;
        if (v > rows[o + x]!) rows[o + x] = v;
      }
      for (let x = d; x < width; x++) {
        const v = data[o + x - d]!;
        if (v > rows[o + x]!) rows[o + x] = v;
      }
    }
  }
  const out = rows.slice();
  for (let d = 1; d <= radius && d < height; d++) {
    const shift = d * width;
    for (let i = 0; i + shift < out.length; i++) {
      const v = rows[i + shift]!;
      if (v > out[i]!) out[i] = v;
    }
    for (let i = shift; i < out.length; i++) {
      const v = rows[i - shift]!;
      if (v > out[i]!) out[i] = v;
    }
  }
  return { width, height, data: out };
}

/**
 * How strong the feature gets near each pixel: the maximum within about 2σ, blurred by σ. A border's own blur
 * reaches that far, so a pixel that stays far below this reference sees its neighbour, not itself.
 */
export function nearbyStrength(feature: Plane, sigma: number): Plane {
  return gaussian(localMaximum(feature, Math.max(1, Math.round(2 * sigma))), sigma);
}
