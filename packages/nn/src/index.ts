export type * from './contracts.ts';
export * from './runtime/index.ts';
export {
  buildInferenceGraph,
  defaultLoss,
  defaultUNet,
  type NetworkPreset,
  networkLayout,
  networkPresets,
} from './graphs/index.ts';
