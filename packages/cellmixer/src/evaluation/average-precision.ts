import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { requireSameSize } from './confusion.ts';

/** Instances matched at IoU ≥ 0.5; of several pictures they add up. */
export interface InstanceMatches {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/**
 * Matches instances greedily, best IoU first, each at most once, at IoU ≥ `threshold`. With `ignored`, found
 * instances of which more than half lies on 255 there are no false positives, and true ones no false negatives.
 */
export function matchInstances(
  truth: LabelMap,
  found: LabelMap,
  options: { readonly threshold?: number; readonly ignored?: ClassMap } = {},
): InstanceMatches {
  requireSameSize(truth, found);
  const threshold = options.threshold ?? 0.5;
  const truthArea = new Map<number, number>();
  const foundArea = new Map<number, number>();
  const shared = new Map<number, number>();
  const stride = found.data.reduce((a, b) => Math.max(a, b), 0) + 1;
  const { width } = truth;
  for (let y = 0; y < truth.height; y++) {
    const end = (y + 1) * width;
    for (let i = y * width; i < end; ) {
      const t = truth.data[i]!;
      const f = found.data[i]!;
      const start = i++;
      while (i < end && truth.data[i] === t && found.data[i] === f) i++;
      if (t > 0) add(truthArea, t, i - start);
      if (f > 0) add(foundArea, f, i - start);
      if (t > 0 && f > 0) add(shared, t * stride + f, i - start);
    }
  }
  const pairs: { t: number; f: number; iou: number }[] = [];
  for (const [key, pixels] of shared) {
    const t = Math.floor(key / stride);
    const f = key % stride;
    const iou = pixels / (truthArea.get(t)! + foundArea.get(f)! - pixels);
    if (iou >= threshold) pairs.push({ t, f, iou });
  }
  pairs.sort((a, b) => b.iou - a.iou || a.t - b.t || a.f - b.f);
  const matchedTruth = new Set<number>();
  const matchedFound = new Set<number>();
  for (const { t, f } of pairs) {
    if (matchedTruth.has(t) || matchedFound.has(f)) continue;
    matchedTruth.add(t);
    matchedFound.add(f);
  }
  const { ignored } = options;
  const missed = [...truthArea.keys()].filter((t) => !matchedTruth.has(t));
  const extra = [...foundArea.keys()].filter((f) => !matchedFound.has(f));
  return {
    truePositives: matchedTruth.size,
    falsePositives: extra.length - (ignored ? countIgnored(found, extra, foundArea, ignored) : 0),
    falseNegatives: missed.length - (ignored ? countIgnored(truth, missed, truthArea, ignored) : 0),
  };
}

/** How many of the labels lie to more than half on ignored pixels. */
function countIgnored(
  labels: LabelMap,
  wanted: readonly number[],
  area: ReadonlyMap<number, number>,
  ignored: ClassMap,
): number {
  requireSameSize(labels, ignored);
  const covered = new Map<number, number>(wanted.map((label) => [label, 0]));
  for (let i = 0; i < labels.data.length; i++) {
    if (ignored.data[i] !== 255) continue;
    const before = covered.get(labels.data[i]!);
    if (before !== undefined) covered.set(labels.data[i]!, before + 1);
  }
  return wanted.filter((label) => 2 * covered.get(label)! > area.get(label)!).length;
}

/** AP at IoU 0.5 as cell segmentation uses it: TP ÷ (TP + FP + FN), pooled over pictures. NaN without instances. */
export function ap50(matches: readonly InstanceMatches[]): number {
  let hit = 0;
  let all = 0;
  for (const m of matches) {
    hit += m.truePositives;
    all += m.truePositives + m.falsePositives + m.falseNegatives;
  }
  return hit / all;
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
