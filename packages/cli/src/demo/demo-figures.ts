import type { DemoResult } from './demo-result.ts';

/** The demo's figures for programs. */
export function demoFigures({ data, types, cellmixer, baseline, gain }: DemoResult) {
  return {
    truth: data.truth,
    types,
    mixtures: data.mixtures.length,
    settings: cellmixer.settings,
    cellmixer: cellmixer.evaluation.metrics,
    baseline: baseline.evaluation.metrics,
    gain: gain.difference,
  };
}
