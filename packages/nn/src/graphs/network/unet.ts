import type { UNetOptions } from '../../contracts.ts';
import { block, unitOf } from './blocks.ts';
import type { NetworkOperators } from './network-operators.ts';

/**
 * A U-Net (Ronneberger et al. 2015, with upsampling + convolution in place of transposed convolution). Gives the logits
 * (channel 0 foreground, then one per type) at full resolution, then at ½ and ¼ where deep supervision asks for them.
 */
export function unet<F>(operators: NetworkOperators<F>, options: UNetOptions, images: F): F[] {
  const channels = Array.from({ length: options.levels }, (_, level) => options.width * 2 ** level);
  const skips: F[] = [];
  let x = images;
  let inputs = options.inputChannels;
  channels.forEach((outputs, level) => {
    if (level > 0) x = operators.maxPool(x);
    x = block(operators, options, x, { name: `enc.${level}`, inputs, outputs });
    skips.push(x);
    inputs = outputs;
  });

  skips.pop();
  const features = [x];
  for (const [i, skip] of skips.toReversed().entries()) {
    const outputs = channels[channels.length - 2 - i]!;
    const narrowing = unitOf(options, { name: `up.${i}`, inputs: 2 * outputs, outputs });
    const narrowed = operators.upsampledUnit(x, options.upsample, narrowing);
    const joined = operators.concatenate(narrowed, skip);
    x = block(operators, options, joined, { name: `dec.${i}`, inputs: 2 * outputs, outputs });
    features.unshift(x);
  }

  const heads = options.deepSupervision ? Math.min(3, options.levels) : 1;
  return features
    .slice(0, heads)
    .map((feature, i) =>
      operators.head(feature, { name: `heads.${i}`, inputs: channels[i]!, outputs: 1 + options.types }),
    );
}
