import type { Layer, LayerExtension, UpdateParameters } from '@deck.gl/core';
import { VivLayerExtension } from '@vivjs/extensions';

/** What `StainExtension` adds to a Viv layer. */
export interface StainProps {
  /** Red, green and blue of each selected channel, 0…1. */
  readonly stains: readonly (readonly [number, number, number])[];
  /** Of each selected channel. */
  readonly gammas: readonly number[];
}

const stain = {
  name: 'stain',
  uniformTypes: { stainVIV_CHANNEL_INDEX: 'vec4<f32>' },
  fs: `uniform stainUniforms {
  vec4 stainVIV_CHANNEL_INDEX;
} stain;

vec3 stained(float[NUM_CHANNELS] intensity) {
  vec4 stains[NUM_CHANNELS] = vec4[NUM_CHANNELS](
    stain.stainVIV_CHANNEL_INDEX,
  );
  vec3 light = vec3(0.);
  for (int i = 0; i < NUM_CHANNELS; i++) {
    light += pow(clamp(intensity[i], 0., 1.), stains[i].a) * stains[i].rgb;
  }
  return light;
}
`,
  inject: { 'fs:DECKGL_MUTATE_COLOR': 'rgba = vec4(stained(intensity), 1.);' },
} as const;

/** Colours channels and adds their light; gamma bends each before. */
export class StainExtension extends VivLayerExtension {
  static override extensionName = 'StainExtension';

  override getVivShaderTemplates(): ReturnType<LayerExtension['getShaders']> {
    return { modules: [stain] };
  }

  override updateState(this: Layer<StainProps>, _params: UpdateParameters<Layer<StainProps>>): void {
    const { stains, gammas } = this.props;
    const uniforms = Object.fromEntries(
      stains.map((colour, i) => [`stain${i}`, [...colour, gammas[i] ?? 1]]),
    );
    for (const model of this.getModels()) model.shaderInputs.setProps({ stain: uniforms });
  }
}
