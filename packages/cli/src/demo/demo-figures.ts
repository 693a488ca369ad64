import type { DemoResult } from './demo-result.ts';

/** The demo's figures for programs. */
export function demoFigures({ data, origin, types, cellmixer, baseline, gain }: DemoResult) {
  return {
    truth: data.truth,
    types,
    mixtures: data.mixtures.length,
    origin,
    settings: cellmixer.settings,
    cellmixer: cellmixer.evaluation.metrics,
    baseline: baseline.evaluation.metrics,
    gain: gain.difference,
  };
}
