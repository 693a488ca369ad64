import { CellMixerError } from '@cellmixer/errors';
import type { ClassMap, FloatImage, LabelMap, Plane } from '@cellmixer/pixels';
import type { Calibration, Cell, Predictor } from '../contracts.ts';
import { type CalibratedSource, sourceOf } from './calibrated-source.ts';
import { CellTable } from './cell-table.ts';
import { type Composition, composition } from './composition.ts';
import { predictRows, throwIfCancelled } from './predict-rows.ts';
import { release } from './release.ts';
import { RollingBand } from './rolling-band.ts';
import { splitCells } from './split-cells.ts';
import { StripStitcher } from './strip-stitcher.ts';
import { planTiles } from './tiles.ts';
import { type RowTargets, writeRows } from './write-rows.ts';

export interface SegmentationOptions {
  /** Foreground probability from which on a pixel is cell; 0.5. */
  readonly threshold: number;
  /** Cells whose winning type has less than this share stay unassigned (type 0); 0 assigns all. */
  readonly minConfidence: number;
  /** Smaller objects are no cells; a share of the area of a typical cell; 0.05. */
  readonly minArea: number;
  /** A waist narrower than this share of the smaller half separates two touching cells; 0.97. */
  readonly waist: number;
  /** Longest side of a tile where a picture must be cut, working px; 512. */
  readonly tileSize: number;
  /** Least overlap of tiles, working px; 40. */
  readonly overlap: number;
  /** Predictions under way at a time; twice the cores, at least 4: none waits while rows are cut into cells. */
  readonly inFlight: number;
  /** Whether to give a plane of uncertainty; false. */
  readonly uncertainty: boolean;
  /** Whether to keep all probabilities (4 bytes × (1 + types) a pixel), for evaluation of small pictures; false. */
  readonly probabilities: boolean;
}

export interface SegmentationSettings {
  readonly predictor: Predictor;
  /** Names of the types, in the order of the network's outputs. */
  readonly types: readonly string[];
  readonly calibration: Pick<Calibration, 'cellDiameterPx' | 'workingScale'>;
  readonly options?: Partial<SegmentationOptions>;
  readonly signal?: AbortSignal;
  /** Share of the work done, 0…1. */
  readonly onProgress?: (share: number) => void;
}

export interface ByteMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What was found in one picture; maps and coordinates at the working scale. */
export interface Segmentation {
  readonly width: number;
  readonly height: number;
  readonly types: readonly string[];
  /** 0 background and unassigned cells, 1…K: every pixel has the type of its cell. */
  readonly classMap: ClassMap;
  /** 0 background, 1…K: every pixel for itself, objects that are too small for a cell included. */
  readonly classMapPixelwise: ClassMap;
  /** Labels as in `cells`. */
  readonly instances: LabelMap;
  readonly cells: readonly Cell[];
  readonly composition: Composition;
  /** 0 sure … 255 as unsure as can be: (1 − highest probability) ÷ (1 − 1/(K + 1)). */
  readonly uncertainty: ByteMap | null;
  /** Probability of foreground × 255. */
  readonly foreground: ByteMap;
  /** The probability of foreground that was asked of a cell's pixels. */
  readonly threshold: number;
  readonly probabilities: { readonly foreground: Plane; readonly types: FloatImage } | null;
  /** Pixels that the network computed ÷ pixels of the picture. */
  readonly overhead: number;
}

export const defaultSegmentationOptions: SegmentationOptions = {
  threshold: 0.5,
  minConfidence: 0,
  minArea: 0.05,
  waist: 0.97,
  tileSize: 512,
  overlap: 40,
  inFlight: Math.max(4, 2 * (globalThis.navigator?.hardwareConcurrency ?? 2)),
  uncertainty: false,
  probabilities: false,
};

/**
 * Finds the cells of a calibrated picture of any size and their types. The network runs over overlapping tiles
 * whose probabilities are blended; rows that are finished are cut into cells strip by strip. Beside the picture
 * and the maps that are returned, memory grows with the picture's width only.
 *
 * @throws INVALID_ARGUMENT where picture, types and network do not agree; CANCELLED after the signal
 */
export async function segmentImage(
  image: FloatImage | CalibratedSource,
  settings: SegmentationSettings,
): Promise<Segmentation> {
  const source = 'readRegion' in image ? image : sourceOf(image);
  const { predictor, types, calibration, signal } = settings;
  const options = { ...defaultSegmentationOptions, ...settings.options };
  requireAgreement(source, predictor, types);
  throwIfCancelled(signal);

  const { width, height } = source;
  const cellDiameter = calibration.cellDiameterPx * calibration.workingScale;
  const plan = planTiles(width, height, predictor.multiple, options);
  // A strip sees this many rows beyond the seam on either side: enough for a cell and its neighbour.
  const margin = 2 * Math.ceil(0.75 * cellDiameter);
  const band = new RollingBand(plan, 1 + types.length, 2 * margin + 2);
  const maps = createMaps(width, height, types.length, options);
  const table = new CellTable(types.length);
  const stitcher = new StripStitcher();
  const compared = Math.ceil(cellDiameter / 2);
  let seam = 0;

  const cutStrip = (ready: number) => {
    const top = band.top;
    const planes = types.map((_, k) => band.rows(k + 1, top, ready));
    const labels = splitCells(band.rows(0, top, ready), planes, width, ready - top, {
      threshold: options.threshold,
      cellDiameter,
      waist: options.waist,
    });
    stitcher.name(labels, top);
    const last = ready === height;
    // Seams lie on even rows so that the coarse grids of all strips agree.
    const nextSeam = last ? height : Math.max(seam, 2 * Math.floor((ready - margin) / 2));
    writeRows(band, labels, top, seam, nextSeam, options.threshold, table, maps);
    keepProbabilities(band, maps, seam, nextSeam);
    if (last) {
      release(labels.data);
      return;
    }
    stitcher.keep(labels, top, Math.max(top, nextSeam - compared), Math.min(ready, nextSeam + compared));
    release(labels.data);
    seam = nextSeam;
    band.dropAbove(Math.max(top, seam - margin));
  };
  await predictRows(
    source,
    predictor,
    plan,
    band,
    {
      inFlight: options.inFlight,
      signal,
      onTile: (done, total) => settings.onProgress?.(done / total),
    },
    cutStrip,
  );

  const minArea = options.minArea * Math.PI * (cellDiameter / 2) ** 2;
  const { cells, labels } = table.finish(stitcher.named, minArea, options.minConfidence);
  const classMap = finishMaps(maps.instances, labels, cells);
  return {
    width,
    height,
    types,
    classMap: { width, height, data: classMap },
    classMapPixelwise: { width, height, data: maps.pixelwise },
    instances: { width, height, data: maps.instances },
    cells,
    composition: composition(cells, types),
    uncertainty: maps.uncertainty === null ? null : { width, height, data: maps.uncertainty },
    foreground: { width, height, data: maps.foreground },
    threshold: options.threshold,
    probabilities:
      maps.probabilities === null
        ? null
        : {
            foreground: { width, height, data: maps.probabilities.foreground },
            types: { width, height, channels: types.length, data: maps.probabilities.types },
          },
    overhead: plan.overhead,
  };
}

interface Maps extends RowTargets {
  readonly probabilities: { readonly foreground: Float32Array; readonly types: Float32Array } | null;
}

function createMaps(width: number, height: number, types: number, options: SegmentationOptions): Maps {
  const size = width * height;
  return {
    instances: new Int32Array(size),
    pixelwise: new Uint8Array(size),
    uncertainty: options.uncertainty ? new Uint8Array(size) : null,
    foreground: new Uint8Array(size),
    probabilities: options.probabilities
      ? { foreground: new Float32Array(size), types: new Float32Array(types * size) }
      : null,
  };
}

function keepProbabilities(band: RollingBand, { probabilities }: Maps, from: number, to: number): void {
  if (probabilities === null) return;
  const { foreground, types } = probabilities;
  foreground.set(band.rows(0, from, to), from * band.width);
  for (let k = 0; k + 1 < band.channels; k++) {
    types.set(band.rows(k + 1, from, to), k * foreground.length + from * band.width);
  }
}

/** Turns names into final labels in place and paints every cell in its type. */
function finishMaps(
  instances: Int32Array,
  labels: Int32Array,
  cells: readonly Cell[],
): Uint8Array<ArrayBuffer> {
  const typeOf = new Uint8Array(labels.length);
  for (let name = 1; name < labels.length; name++) {
    const label = labels[name]!;
    if (label > 0) typeOf[name] = cells[label - 1]!.type;
  }
  const classes = new Uint8Array(instances.length);
  for (let i = 0; i < instances.length; i++) {
    const name = instances[i]!;
    if (name === 0) continue;
    instances[i] = labels[name]!;
    classes[i] = typeOf[name]!;
  }
  return classes;
}

function requireAgreement(source: CalibratedSource, predictor: Predictor, types: readonly string[]): void {
  if (source.channels !== predictor.inputChannels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the picture has ${source.channels} channels, the network wants ${predictor.inputChannels}`,
      { cure: 'Take a picture of the kind that the model was trained on, or choose the same channels.' },
    );
  }
  if (types.length !== predictor.types || types.length < 1 || types.length > 254) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `${types.length} names of types are given, the network tells ${predictor.types} apart`,
    );
  }
}
