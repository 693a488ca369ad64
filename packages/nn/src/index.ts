export type * from './contracts.ts';
export {
  buildInferenceGraph,
  defaultLoss,
  defaultUNet,
  type NetworkPreset,
  networkLayout,
  networkPresets,
} from './graphs/index.ts';
export * from './runtime/index.ts';
