import { describe, expect, it } from 'vitest';
import type { Activation, ConvolutionSpec, NormSpec } from '../network/network-operators.ts';
import { Fixture } from '../testing/fixtures.ts';
import { blockedSkipReason, lowerings } from '../testing/lowerings.ts';
import { type LayerTest, layerErrors } from '../testing/run-layer.ts';
import { addAndActivate } from './add-and-activate.ts';
import { concatenate } from './concatenate.ts';
import { convolution } from './convolution.ts';
import { head } from './head.ts';
import { maxPool } from './max-pool.ts';
import { norm } from './norm.ts';
import { upsample } from './upsample.ts';
import { upsampledConvolution } from './upsampled-convolution.ts';

const tolerance = 1e-5;

function convolutionTest(name: string, stride = 1): LayerTest {
  const fixture = new Fixture(name);
  const [outputs = 0, perFilter = 0, kernel = 0] = fixture.tensor('weight').shape;
  const inputs = fixture.tensor('x').shape[1]!;
  const depthwise = perFilter === 1 && inputs > 1;
  const spec: ConvolutionSpec = { name: 'layer', inputs, outputs, kernel, stride, depthwise };
  const isPicture = inputs === 3;
  return {
    fixture,
    features: ['x'],
    plain: isPicture,
    parameters: { weight: { name: 'layer.weight', role: { kind: 'convolution', spec } } },
    build: (context, [x]) => convolution(context, x!, spec, isPicture),
  };
}

function normTest(name: string, kind: NormSpec['kind'], activation?: Activation): LayerTest {
  const spec: NormSpec = { name: 'layer', channels: 16, kind, groups: 8 };
  return {
    fixture: new Fixture(name),
    features: ['x'],
    parameters: {
      weight: { name: 'layer.weight', role: { kind: 'normScale' } },
      bias: { name: 'layer.bias', role: { kind: 'normShift' } },
    },
    build: (context, [x]) => norm(context, x!, spec, activation),
  };
}

function upsampledTest(): LayerTest {
  const spec = { name: 'layer', inputs: 32, outputs: 16, kernel: 3, stride: 1, depthwise: false };
  return {
    fixture: new Fixture('upsampled-convolution'),
    features: ['x'],
    parameters: { weight: { name: 'layer.weight', role: { kind: 'convolution', spec } } },
    build: (context, [x]) => upsampledConvolution(context, x!, 'nearest', spec),
  };
}

const headSpec = { name: 'layer', inputs: 16, outputs: 4 };

const tests: Record<string, LayerTest> = {
  'convolution 3×3': convolutionTest('convolution-3x3'),
  'convolution 3×3 to fewer channels': convolutionTest('convolution-3x3-narrowing'),
  'convolution 1×1': convolutionTest('convolution-1x1'),
  'convolution 5×5': convolutionTest('convolution-5x5'),
  'convolution of a colour picture': convolutionTest('convolution-picture'),
  'convolution of odd sides': convolutionTest('convolution-odd-sides'),
  'depthwise convolution': convolutionTest('convolution-depthwise'),
  'batch norm': normTest('batch-norm', 'batch'),
  'batch norm with ReLU': normTest('batch-norm-relu', 'batch', 'relu'),
  'batch norm with SiLU': normTest('batch-norm-silu', 'batch', 'silu'),
  'group norm with ReLU': normTest('group-norm-relu', 'group', 'relu'),
  'group norm with SiLU': normTest('group-norm-silu', 'group', 'silu'),
  'max-pool': {
    fixture: new Fixture('max-pool'),
    features: ['x'],
    build: (context, [x]) => maxPool(context, x!),
  },
  'nearest upsampling': {
    fixture: new Fixture('upsample-nearest'),
    features: ['x'],
    build: (context, [x]) => upsample(context, x!, 'nearest'),
  },
  'bilinear upsampling': {
    fixture: new Fixture('upsample-bilinear'),
    features: ['x'],
    build: (context, [x]) => upsample(context, x!, 'bilinear'),
  },
  'convolution of upsampled features': upsampledTest(),
  concatenation: {
    fixture: new Fixture('concatenate'),
    features: ['x', 'other'],
    build: (context, [x, other]) => concatenate(context, x!, other!),
  },
  'residual addition with ReLU': {
    fixture: new Fixture('residual-relu'),
    features: ['x', 'other'],
    build: (context, [x, other]) => addAndActivate(context, x!, other!, 'relu'),
  },
  'residual addition with SiLU': {
    fixture: new Fixture('residual-silu'),
    features: ['x', 'other'],
    build: (context, [x, other]) => addAndActivate(context, x!, other!, 'silu'),
  },
  head: {
    fixture: new Fixture('head'),
    features: ['x'],
    plainOutput: true,
    parameters: {
      weight: { name: 'layer.weight', role: { kind: 'headWeight', spec: headSpec } },
      bias: { name: 'layer.bias', role: { kind: 'headBias', spec: headSpec } },
    },
    build: (context, [x]) => head(context, x!, headSpec),
  },
};

for (const choice of lowerings) {
  describe(`layers, ${choice.lowering}: value and gradients are those of PyTorch in float64`, () => {
    it.each(Object.entries(tests))('%s', async (_name, test) => {
      const errors = await layerErrors(choice, test);
      const expected = ['y', ...Object.keys(test.parameters ?? {}).map((key) => `d.${key}`)];
      expect(Object.keys(errors)).toEqual(expect.arrayContaining(expected));
      for (const [part, error] of Object.entries(errors)) expect(error, part).toBeLessThan(tolerance);
    });
  });
}

it('convolves with a stride and gives its gradients, portable', async () => {
  const errors = await layerErrors({ lowering: 'portable' }, convolutionTest('convolution-strided', 2));
  for (const [part, error] of Object.entries(errors)) expect(error, part).toBeLessThan(tolerance);
});

it.skipIf(blockedSkipReason !== undefined)('runs the blocked lowering too', () => {
  expect(lowerings).toHaveLength(2);
});
