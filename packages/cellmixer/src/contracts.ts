import type { FloatImage, LabelMap, Mask, Trimap } from '@cellmixer/pixels';

/** A picture that the caller can open; the method never touches files itself. */
export interface ImageSource {
  /** Stable and unique in a run, e.g. the content hash. */
  readonly id: string;
  /** For people: a file's name. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Largest storable value: 255, 65,535, or 1 for float pictures in 0…1. */
  readonly maxValue: number;
  /** Micrometres per native pixel, where known. */
  readonly pixelSizeUm: number | null;
  /** Well, slide or patient: what hold-outs and bootstraps take whole. */
  readonly sample: string | null;
  /** Native values, planar, unscaled. */
  read(): Promise<FloatImage>;
  /** Where somebody drew the cells, in native pixels: taken instead of the mask that would be found. */
  readonly drawnMask?: () => Promise<Mask>;
  /** How its cells are to be found, where somebody has looked and settled it: taken instead of the run's. */
  readonly foreground?: ForegroundParameters;
}

/** Pictures of one pure population. */
export interface Culture {
  readonly type: string;
  readonly images: readonly ImageSource[];
}

/**
 * How light made the picture. `transmitted`: phase contrast, bright field (value ÷ background − 1);
 * `stained`: absorbing colour (value ÷ background − 1 per channel); `fluorescence`: value − background.
 */
export type Modality = 'transmitted' | 'stained' | 'fluorescence';

/** What turns native pixels into network input; one per run, stored in the model, never one per picture. */
export interface Calibration {
  readonly modality: Modality;
  readonly channels: number;
  /** Typical cell diameter in native pixels of the pictures that were measured. */
  readonly cellDiameterPx: number;
  /** Working pixels per native pixel (typical cell becomes about 25–30 px); ≤ 1. */
  readonly workingScale: number;
  /** Native pixel size that `workingScale` belongs to; pictures of another size are rescaled by the ratio. */
  readonly pixelSizeUm: number | null;
  /** Per channel: a calibrated value of ±1 is this much of ratio (or of grey values in fluorescence). */
  readonly intensityScale: readonly number[];
  /** Highest background noise of any line, in calibrated units, at the working scale. */
  readonly noise: number;
}

export interface ForegroundParameters {
  /** `auto` takes deviation for transmitted light, intensity for stained and fluorescence. */
  readonly feature: 'auto' | 'deviation' | 'intensity' | 'stain';
  readonly threshold: 'mode' | 'otsu' | 'li' | 'triangle';
  /** σ of the local deviation, native pixels. */
  readonly deviationSigma: number;
  /** Multiples of the background's left-hand spread above its mode. */
  readonly sensitivity: number;
  readonly closingRadius: number;
  /** Holes up to this area (native px²) are filled. */
  readonly maxHoleArea: number;
  readonly borderErosion: number;
  readonly minObjectArea: number;
  /** Half-width of the undecided band, native px. */
  readonly undecidedBand: number;
}

export interface ForegroundQuality {
  /** Share of the picture that is cell, 0…1. */
  readonly coverage: number;
  readonly objects: number;
  /** IoU between masks by different thresholds, 0…1. */
  readonly agreement: number;
  /** Median feature inside minus outside, in spreads of the background. */
  readonly contrast: number;
  /** No background mode: almost everything is covered by cells, the mask cannot be trusted. */
  readonly confluent: boolean;
  /** Plain words for a contact sheet; empty when all is well. */
  readonly warnings: readonly string[];
}

/** A training picture ready for mixing, at the working scale. */
export interface PreparedImage {
  readonly id: string;
  readonly name: string;
  readonly sample: string | null;
  /** Index into the run's types. */
  readonly type: number;
  readonly image: FloatImage;
  readonly trimap: Trimap;
  readonly quality: ForegroundQuality;
}

/** Runs a network over pictures; `nn`'s Model is one. The arrays it gives are the caller's: new ones each time. */
export interface Predictor {
  readonly inputChannels: number;
  readonly types: number;
  readonly multiple: number;
  predict(
    images: Float32Array,
    count: number,
    height: number,
    width: number,
  ): Promise<{ readonly foreground: Float32Array; readonly types: Float32Array }>;
}

export interface CheckpointStore {
  load(): Promise<Uint8Array | null>;
  /** Must be atomic: after a crash `load` gives the old or the new bytes. */
  save(bytes: Uint8Array): Promise<void>;
}

/** One training sample of side S, in the layout of `nn`'s TrainingBatch. */
export interface Sample {
  readonly size: number;
  /** [C,S,S] calibrated. */
  readonly image: Float32Array;
  /** [S,S] in 0…1. */
  readonly foreground: Float32Array;
  /** [K,S,S] soft targets. */
  readonly types: Float32Array;
  /** [S,S] ≥ 0, 0 ignored. */
  readonly weight: Float32Array;
}

export interface Recipe {
  /** Side of a training crop at the working scale, a multiple of 16. */
  readonly cropSize: number;
  /** Relative weights of how a sample is made. `pure`: an unmixed crop. */
  readonly modes: {
    readonly paste: number;
    readonly overlay: number;
    readonly mixup: number;
    readonly pure: number;
    /** Voronoi or straight-edge juxtaposition of whole crops. */
    readonly juxtapose: number;
  };
  readonly overlap: 'upper' | 'ignore' | 'both';
  /** Largest share of a donor that may cover placed cells. */
  readonly maxOverlap: number;
  /** Share of pastes that touch a placed cell. */
  readonly touching: number;
  /** Confluence range, share of the crop that is cell. */
  readonly confluence: readonly [number, number];
  /** Share of samples on a canvas of cell-free background. */
  readonly freeCanvas: number;
  /** Whether every line's background noise is raised to the run's highest, so that it tells nothing. */
  readonly levelNoise: boolean;
  /** Soft border of a clump, native px. */
  readonly haloPx: number;
  /** Share of donors cut to a random Voronoi part of their clump. */
  readonly splitClumps: number;
  readonly augment: AugmentRecipe;
}

export interface AugmentRecipe {
  readonly flips: boolean;
  /** ± degrees beyond the quarter turns. */
  readonly rotation: number;
  /** Largest relative change of scale, e.g. 0.1. */
  readonly scale: number;
  readonly contrast: number;
  readonly gamma: number;
  /** Largest blur σ, working px. */
  readonly blur: number;
  /** Largest noise added, calibrated units. */
  readonly noise: number;
  /** Amplitude of the elastic field, working px. */
  readonly elastic: number;
}

/** One cell found in a picture. */
export interface Cell {
  readonly label: number;
  /** 1…K, or 0 where below the confidence. */
  readonly type: number;
  /** Mean log-probability softmax over types; the winner's share, 0…1. */
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly area: number;
  readonly centroidX: number;
  readonly centroidY: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface InstanceSegmentation {
  readonly instances: LabelMap;
  readonly cells: readonly Cell[];
}
