export {
  type Checkpoint,
  type CheckpointMetadata,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint.ts';
export { type Fingerprint, fingerprintDifferences, takeFingerprint } from './fingerprint.ts';
export { type ModelOptions, openModel } from './model.ts';
export { createModelHost, type ModelHost } from './model-host.ts';
export { type BlockedProbe, probeBlockedLowering } from './probe.ts';
export { chooseProvider, type ProviderChoice } from './providers.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  type SafetensorsFile,
} from './safetensors.ts';
export { createSchedule, decayFrom, learningRate, type Schedule } from './schedule.ts';
export { createTrainer } from './trainer.ts';
