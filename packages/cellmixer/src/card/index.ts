export { type Check, type CheckName, type CheckOutcome, checkNames, checksOf } from './checks.ts';
export { type Half, halveReplicates, type OfReplicate } from './halve-replicates.ts';
export { type MethodsFacts, methodsText } from './methods-text.ts';
export {
  fingerprintSchema,
  type Judgement,
  type MachineFingerprint,
  type ModelCard,
  modelCardSchema,
} from './model-card.ts';
export { type Verdict, type VerdictLevel, verdictLevels, verdictOf } from './verdict.ts';
export { type CardPage, writeCardPage } from './write-card.ts';
