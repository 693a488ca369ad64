import type { Fingerprint, Predictions, TrainingBatch } from '@cellmixer/nn';
import type { Calibration, ForegroundQuality } from '../contracts.ts';

export type TrainingStage = 'calibrate' | 'foreground' | 'prepare' | 'train' | 'finish';

/** What training tells while it runs. */
export type TrainingEvent =
  | { readonly kind: 'stage'; readonly stage: TrainingStage; readonly done: number; readonly total: number }
  | { readonly kind: 'calibration'; readonly calibration: Calibration }
  | {
      readonly kind: 'foreground';
      readonly image: string;
      readonly type: string;
      readonly quality: ForegroundQuality;
      readonly used: boolean;
    }
  /**
   * Samples as the network sees them, for people to look at: those of the next step, or held-out ones with what the
   * network finds in them after `step` steps.
   */
  | {
      readonly kind: 'samples';
      readonly step: number;
      readonly batch: TrainingBatch;
      readonly found: Predictions | null;
    }
  /** On what the steps from here are computed, and how it differs from where the checkpoint was made. */
  | {
      readonly kind: 'machine';
      readonly fromStep: number;
      readonly fingerprint: Fingerprint;
      readonly differences: readonly string[];
    }
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly foregroundLoss: number;
      readonly typeLoss: number;
      readonly diceLoss: number;
      readonly gradientNorm: number;
      readonly learningRate: number;
      /** Estimated seconds to the end of training. */
      readonly secondsLeft: number;
    }
  /** On artificial mixtures of the training pictures with another seed: a sign of learning, not of generality. */
  | {
      readonly kind: 'validation';
      readonly step: number;
      readonly miou: number;
      readonly foregroundIou: number;
      readonly typeAccuracy: number;
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly resumed: boolean };
