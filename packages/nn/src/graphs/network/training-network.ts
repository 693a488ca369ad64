import type { UNetOptions } from '../../contracts.ts';
import { addAndActivate } from '../layers/add-and-activate.ts';
import { concatenate } from '../layers/concatenate.ts';
import { convolution } from '../layers/convolution.ts';
import { head } from '../layers/head.ts';
import type { LayerContext } from '../layers/layer-context.ts';
import { maxPool } from '../layers/max-pool.ts';
import { norm } from '../layers/norm.ts';
import { upsampledConvolution } from '../layers/upsampled-convolution.ts';
import type { Tensor } from '../tensor-graph.ts';
import type { Activation, ConvolutionUnit, HeadSpec, NetworkOperators } from './network-operators.ts';

/** Builds a network forward and notes on the tape the way back. */
export class TrainingNetwork implements NetworkOperators<Tensor> {
  private readonly context: LayerContext;
  private readonly images: Tensor;

  constructor(context: LayerContext, images: Tensor) {
    this.context = context;
    this.images = images;
  }

  unit(x: Tensor, unit: ConvolutionUnit): Tensor {
    const y = convolution(this.context, x, unit.convolution, x.name === this.images.name);
    return norm(this.context, y, unit.norm, unit.activation);
  }

  addAndActivate(a: Tensor, b: Tensor, activation: Activation): Tensor {
    return addAndActivate(this.context, a, b, activation);
  }

  maxPool(x: Tensor): Tensor {
    return maxPool(this.context, x);
  }

  upsampledUnit(x: Tensor, mode: UNetOptions['upsample'], unit: ConvolutionUnit): Tensor {
    const y = upsampledConvolution(this.context, x, mode, unit.convolution);
    return norm(this.context, y, unit.norm, unit.activation);
  }

  concatenate(a: Tensor, b: Tensor): Tensor {
    return concatenate(this.context, a, b);
  }

  head(x: Tensor, spec: HeadSpec): Tensor {
    return head(this.context, x, spec);
  }
}
