export {
  type ForegroundFlag,
  type ForegroundFlagKind,
  foregroundConcern,
  foregroundFlagKinds,
  foregroundFlags,
} from './flags.ts';
export { type ForegroundMask, type ForegroundRegion, makeMask } from './make-mask.ts';
export { type Background, type BackgroundOptions, measureBackground } from './measure-background.ts';
export { defaultForegroundParameters, foregroundParametersSchema } from './parameters.ts';
