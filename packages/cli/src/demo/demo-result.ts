import type {
  Calibration,
  Evaluation,
  ModelMetadata,
  PictureCounts,
  RunComparison,
} from '@cellmixer/cellmixer';
import type { ClassMap, LabelMap, Mask, Raster } from '@cellmixer/pixels';
import type { DemoData } from './demo-data.ts';
import type { TrainingSamples } from './read-samples.ts';

export type DemoMethod = 'cellmixer' | 'baseline';

/** A pure picture and the cells that were found in it. */
export interface FoundCells {
  readonly type: string;
  readonly image: string;
  readonly quality: { readonly coverage: number; readonly objects: number; readonly agreement: number };
  /** Whether somebody should look at it. */
  readonly flagged: boolean;
  /** Null where the report does not show it. */
  readonly shown: { readonly picture: Raster<Uint8Array>; readonly mask: Mask } | null;
}

export interface LossPoint {
  readonly step: number;
  readonly foreground: number;
  readonly type: number;
}

/** One method: how it was trained, and what it finds in every mixture. */
export interface DemoRun {
  readonly method: DemoMethod;
  readonly settings: Omit<ModelMetadata['run'], 'pictures'>;
  readonly seconds: number;
  readonly losses: readonly LossPoint[];
  readonly found: readonly { readonly classMap: ClassMap; readonly instances: LabelMap }[];
  readonly counts: readonly PictureCounts[];
  readonly evaluation: Evaluation;
}

/** What the API gave, for whoever wants to look at it there. */
export interface DemoOrigin {
  readonly url: string;
  readonly project: string;
  readonly trainingRuns: Readonly<Record<DemoMethod, string>>;
  readonly modelVersions: Readonly<Record<DemoMethod, string>>;
  readonly segmentationRuns: Readonly<Record<DemoMethod, string>>;
  readonly evaluation: string | null;
  readonly comparison: string;
  /** Mean share of the pixels of a mixture that both models call alike. */
  readonly agreement: number;
}

export interface DemoResult {
  readonly data: DemoData;
  readonly origin: DemoOrigin;
  readonly types: readonly string[];
  readonly calibration: Calibration;
  readonly foreground: readonly FoundCells[];
  readonly samples: TrainingSamples;
  readonly cellmixer: DemoRun;
  readonly baseline: DemoRun;
  /** CellMixer minus baseline. */
  readonly gain: RunComparison;
  readonly seconds: number;
  readonly machine: string;
}
