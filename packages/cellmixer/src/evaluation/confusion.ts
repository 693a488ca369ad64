import { CellMixerError } from '@cellmixer/errors';
import type { ClassMap } from '@cellmixer/pixels';

/**
 * Pixels by (truth, called): `counts[truth × (K + 1) + called]`, 0 background, 1…K types. Confusions of several
 * pictures add up.
 */
export interface Confusion {
  readonly types: number;
  readonly counts: Float64Array;
}

export function emptyConfusion(types: number): Confusion {
  return { types, counts: new Float64Array((types + 1) ** 2) };
}

/**
 * Compares two class maps pixel by pixel; truth of 255 is ignored.
 *
 * @throws INVALID_ARGUMENT where sizes differ or a value is neither 0…K nor (in the truth) 255
 */
export function confusion(truth: ClassMap, called: ClassMap, types: number): Confusion {
  requireSameSize(truth, called);
  const stride = types + 1;
  const all = new Float64Array(256 * 256);
  for (let i = 0; i < truth.data.length; i++) {
    const at = (truth.data[i]! << 8) | called.data[i]!;
    all[at] = all[at]! + 1;
  }
  const counts = new Float64Array(stride * stride);
  for (let at = 0; at < all.length; at++) {
    if (all[at] === 0 || at >> 8 === 255) continue;
    const t = at >> 8;
    const c = at & 255;
    if (t > types || c > types) {
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `a class map holds ${t > types ? t : c}; with ${types} types it may hold 0…${types}, the truth 255 too`,
      );
    }
    counts[t * stride + c] = all[at]!;
  }
  return { types, counts };
}

/** Adds confusions over the same types. */
export function pool(confusions: readonly Confusion[]): Confusion {
  const sum = emptyConfusion(confusions[0]?.types ?? 0);
  for (const { counts } of confusions) {
    for (let i = 0; i < counts.length; i++) sum.counts[i] = sum.counts[i]! + counts[i]!;
  }
  return sum;
}

export function requireSameSize(
  a: { readonly width: number; readonly height: number },
  b: { readonly width: number; readonly height: number },
): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `the maps are ${a.width}×${a.height} and ${b.width}×${b.height} px; they must be of one size`,
    { cure: 'Bring one to the size of the other first.' },
  );
}
