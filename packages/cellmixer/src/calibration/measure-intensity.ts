import { type FloatImage, localDeviation, planeOf, type Trimap } from '@cellmixer/pixels';
import { quantileOf } from '../foreground/sample-values.ts';
import { mean, mediansByType } from './pooled.ts';

/** What one picture says about brightness, at the working scale, in ratio (fluorescence: grey values). */
export interface IntensityMeasure {
  readonly type: number;
  /** Per channel: |value| of some thousands of sure cell pixels. */
  readonly cells: readonly Float32Array[];
  /** Per channel: median local deviation of sure background, or null where there is none. */
  readonly noise: readonly (number | null)[];
}

const MOST_VALUES = 20_000;
const INTENSITY_QUANTILE = 0.98;
const NOISE_SIGMA = 1.5;

/** @param relative light removed, at the working scale, with its trimap at the same size. */
export function measureIntensity(type: number, relative: FloatImage, trimap: Trimap): IntensityMeasure {
  const channels = Array.from({ length: relative.channels }, (_, c) => planeOf(relative, c));
  const step = Math.max(1, Math.floor(trimap.data.length / MOST_VALUES)) | 1;
  return {
    type,
    cells: channels.map(({ data }) => {
      const values: number[] = [];
      for (let i = 0; i < data.length; i += step) if (trimap.data[i] === 1) values.push(Math.abs(data[i]!));
      return Float32Array.from(values);
    }),
    noise: channels.map((plane) => {
      const deviation = localDeviation(plane, NOISE_SIGMA).data.filter((_, i) => trimap.data[i] === 0);
      return deviation.length === 0 ? null : quantileOf(deviation.sort(), 0.5);
    }),
  };
}

/** The 98 % quantile of |value| in cells, the mean over cultures, so that each has the same say; 1 where no cell shows. */
export function pooledIntensity(measures: readonly IntensityMeasure[], channel: number): number {
  const scales: number[] = [];
  for (const own of Map.groupBy(measures, ({ type }) => type).values()) {
    const values = Float32Array.from(own.flatMap(({ cells }) => [...cells[channel]!])).sort();
    if (values.length > 0) scales.push(quantileOf(values, INTENSITY_QUANTILE));
  }
  const pooled = scales.length === 0 ? 0 : mean(scales);
  return pooled > 0 ? pooled : 1;
}

/** The highest noise of any culture and channel (median over its pictures), in units of the intensity scale. */
export function highestNoise(
  measures: readonly IntensityMeasure[],
  intensityScale: readonly number[],
): number {
  const levels = intensityScale.flatMap((scale, c) =>
    mediansByType(
      measures.flatMap(({ type, noise }) => {
        const value = noise[c];
        return value === null || value === undefined ? [] : [{ type, value: value / scale }];
      }),
    ),
  );
  return levels.length === 0 ? 0 : Math.max(...levels);
}
