import { connectedComponents, type Mask, type Plane } from '@cellmixer/pixels';
import type { ForegroundQuality } from '../contracts.ts';
import { foregroundFlags } from './flags.ts';
import type { Background } from './measure-background.ts';
import { quantileOf, sampleStep } from './sample-values.ts';

/** More cover than this is taken for a picture without background. */
const MOST_COVERAGE = 0.97;

/**
 * Judges a mask without truth: how much is covered, whether other thresholds would agree, and how far cells and
 * background lie apart.
 *
 * @param level the threshold on `plane` that made the mask.
 */
export function judgeForeground(
  background: Background,
  plane: Plane,
  mask: Mask,
  level: number,
): ForegroundQuality {
  let covered = 0;
  for (let i = 0; i < mask.data.length; i++) covered += mask.data[i]!;
  const coverage = covered / mask.data.length;
  const objects = connectedComponents(mask).count;
  const agreement = agreementOf(background, plane, level);
  const contrast = contrastOf(background, plane, mask);
  const confluent = background.confluent || coverage > MOST_COVERAGE;
  const judged = { coverage: background.confluent ? 1 : coverage, objects, agreement, contrast, confluent };
  return { ...judged, warnings: foregroundFlags(judged).map((flag) => flag.reason) };
}

/** IoU of the smallest and the largest of the raw masks by the chosen, Otsu's and Li's threshold; one holds the other. */
function agreementOf(background: Background, plane: Plane, level: number): number {
  const levels = [level, background.thresholds.otsu, background.thresholds.li];
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  let inner = 0;
  let outer = 0;
  for (let i = 0; i < plane.data.length; i++) {
    const v = plane.data[i]!;
    if (v > low) outer++;
    if (v > high) inner++;
  }
  return outer === 0 ? 1 : inner / outer;
}

function contrastOf(background: Background, plane: Plane, mask: Mask): number {
  const step = sampleStep(plane.data.length, plane.width);
  const values = new Float32Array(Math.ceil(plane.data.length / step));
  // Cells are gathered from the front, background from the back.
  let cells = 0;
  let rest = values.length;
  for (let i = 0; i < plane.data.length; i += step) {
    if (mask.data[i] === 1) values[cells++] = plane.data[i]!;
    else values[--rest] = plane.data[i]!;
  }
  if (cells === 0 || cells === values.length) return 0;
  const inside = quantileOf(values.subarray(0, cells).sort(), 0.5);
  const outside = quantileOf(values.subarray(cells).sort(), 0.5);
  return (inside - outside) / background.spread;
}
