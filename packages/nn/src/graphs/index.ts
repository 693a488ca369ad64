export { buildInferenceGraph } from './inference/inference-graph.ts';
export { networkLayout } from './network/network-layout.ts';
export { defaultLoss, defaultUNet, type NetworkPreset, networkPresets } from './network/presets.ts';
