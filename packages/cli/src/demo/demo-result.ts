import type {
  Calibration,
  Evaluation,
  ForegroundQuality,
  PictureCounts,
  RunComparison,
  TrainingSettings,
} from '@cellmixer/cellmixer';
import type { TrainingBatch } from '@cellmixer/nn';
import type { ClassMap, LabelMap, Mask, Raster } from '@cellmixer/pixels';
import type { DemoData } from './demo-data.ts';

export type DemoMethod = 'cellmixer' | 'baseline';

/** A pure picture with the cells that were found in it. */
export interface FoundCells {
  readonly type: string;
  readonly image: string;
  readonly picture: Raster<Uint8Array>;
  readonly mask: Mask;
}

export interface LossPoint {
  readonly step: number;
  readonly foreground: number;
  readonly type: number;
}

/** One method: how it was trained, and what it finds in every mixture. */
export interface DemoRun {
  readonly method: DemoMethod;
  readonly settings: TrainingSettings;
  readonly seconds: number;
  readonly losses: readonly LossPoint[];
  readonly found: readonly { readonly classMap: ClassMap; readonly instances: LabelMap }[];
  readonly counts: readonly PictureCounts[];
  readonly evaluation: Evaluation;
}

export interface DemoResult {
  readonly data: DemoData;
  readonly types: readonly string[];
  readonly calibration: Calibration;
  readonly foreground: readonly FoundCells[];
  readonly qualities: readonly {
    readonly type: string;
    readonly image: string;
    readonly quality: ForegroundQuality;
    readonly used: boolean;
  }[];
  /** Some artificial mixtures as the network sees them. */
  readonly samples: TrainingBatch;
  readonly cellmixer: DemoRun;
  readonly baseline: DemoRun;
  /** CellMixer minus baseline. */
  readonly gain: RunComparison;
  readonly seconds: number;
  readonly machine: string;
}
