import type { Confusion } from './confusion.ts';

/** IoU of every class, 0 background first: TP ÷ (TP + FP + FN); NaN where neither truth nor prediction has it. */
export function classIou({ types, counts }: Confusion): number[] {
  const stride = types + 1;
  return Array.from({ length: stride }, (_, k) => {
    let truth = 0;
    let called = 0;
    for (let j = 0; j < stride; j++) {
      truth += counts[k * stride + j]!;
      called += counts[j * stride + k]!;
    }
    const hit = counts[k * stride + k]!;
    return hit / (truth + called - hit);
  });
}

/** Mean IoU over the types, without background; types that neither side has are left out. NaN without any. */
export function miou(confusion: Confusion): number {
  return meanOfKnown(classIou(confusion).slice(1));
}

/** Mean IoU over background and types. */
export function miouWithBackground(confusion: Confusion): number {
  return meanOfKnown(classIou(confusion));
}

/** Share of each type's true pixels that are called so (background counts as wrong); NaN for absent types. */
export function typeRecalls({ types, counts }: Confusion): number[] {
  const stride = types + 1;
  return Array.from({ length: types }, (_, k) => {
    const row = counts.subarray((k + 1) * stride, (k + 2) * stride);
    return row[k + 1]! / row.reduce((a, b) => a + b, 0);
  });
}

/** Mean over the types of recall on true foreground; background counts as wrong. Absent types are left out. */
export function typeAccuracy(confusion: Confusion): number {
  return meanOfKnown(typeRecalls(confusion));
}

/** IoU of "any cell" against background, whatever the type. */
export function foregroundIou({ types, counts }: Confusion): number {
  const stride = types + 1;
  let both = 0;
  let either = 0;
  for (let t = 0; t < stride; t++) {
    for (let c = 0; c < stride; c++) {
      if (t > 0 && c > 0) both += counts[t * stride + c]!;
      if (t > 0 || c > 0) either += counts[t * stride + c]!;
    }
  }
  return both / either;
}

export function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((a, b) => a + b, 0) / known.length;
}
