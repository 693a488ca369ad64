export { buildGradientGraph } from './gradient-graph.ts';
export { buildInferenceGraph } from './inference/inference-graph.ts';
export { type InferenceMetadata, readInferenceMetadata } from './inference/read-metadata.ts';
export { type InitialisationOptions, initialiseParameters } from './network/initialise-parameters.ts';
export { networkLayout } from './network/network-layout.ts';
export { defaultLoss, defaultUNet, type NetworkPreset, networkPresets } from './network/presets.ts';
export { buildUpdateGraph, decayMask } from './update/update-graph.ts';
