import type { UNetOptions } from '../../contracts.ts';
import { type NetworkParameter, networkLayout } from './network-layout.ts';
import { normalNumbers } from './normal-numbers.ts';

export interface InitialisationOptions {
  /** Share of pixels that are foreground, 0…1; the foreground head starts by predicting it everywhere. */
  readonly foregroundPrior: number;
}

/** Heads start small, so that the first predictions are the priors. */
const headGain = 0.1;

/**
 * The flat portable vector to start from: convolutions normal with variance 2 / fan-in (He et al. 2015), norms 1 and 0,
 * heads a tenth of that, the foreground head's bias the logit of the prior. The same seed gives the same numbers.
 */
export function initialiseParameters(
  options: UNetOptions,
  seed: number,
  { foregroundPrior }: InitialisationOptions,
): Float32Array {
  const layout = networkLayout(options);
  const values = new Float32Array(layout.parameterCount);
  const normal = normalNumbers(seed);
  for (const parameter of layout.parameters) {
    const part = values.subarray(parameter.offset, parameter.offset + parameter.size);
    const { kind } = parameter.role;
    if (kind === 'normScale') part.fill(1);
    else if (kind === 'headBias') part[0] = logit(foregroundPrior);
    else if (kind !== 'normShift') {
      const spread = Math.sqrt(2 / fanIn(parameter)) * (kind === 'headWeight' ? headGain : 1);
      for (let i = 0; i < part.length; i++) part[i] = spread * normal();
    }
  }
  return values;
}

function fanIn({ shape }: NetworkParameter): number {
  return shape.slice(1).reduce((product, size) => product * size, 1);
}

function logit(probability: number): number {
  const inside = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(inside / (1 - inside));
}
