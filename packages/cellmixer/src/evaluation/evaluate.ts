import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { ap50, type InstanceMatches, matchInstances } from './average-precision.ts';
import { type BootstrapOptions, bootstrap, type Interval } from './bootstrap.ts';
import { balancedCellAccuracy, type CellConfusion, cellConfusion, poolCells } from './cell-accuracy.ts';
import { areaFractions, compositionMae, fractionError } from './composition-error.ts';
import { type Confusion, confusion, pool } from './confusion.ts';
import { foregroundIou, miou, miouWithBackground, typeAccuracy } from './pixel-metrics.ts';

export interface PictureTruth {
  readonly name: string;
  /** Well, slide or patient, taken whole by bootstraps. */
  readonly sample: string | null;
  /** 0 background, 1…K, 255 ignored. */
  readonly classMap: ClassMap;
  readonly instances?: LabelMap;
}

export interface PicturePrediction {
  readonly classMap: ClassMap;
  readonly instances?: LabelMap;
}

/** All counts of one picture, from which every metric of it and of any set of pictures follows. */
export interface PictureCounts {
  readonly name: string;
  readonly sample: string | null;
  readonly pixels: Confusion;
  /** Null without true instances. */
  readonly cells: CellConfusion | null;
  /** Null without instances on both sides. */
  readonly instances: InstanceMatches | null;
  /** Area fractions of the types. */
  readonly composition: { readonly found: readonly number[]; readonly truth: readonly number[] };
}

export const metricNames = [
  'miou',
  'miouWithBackground',
  'typeAccuracy',
  'balancedCellAccuracy',
  'foregroundIou',
  'ap50',
  'compositionMae',
] as const;

export type MetricName = (typeof metricNames)[number];

/** One value of every metric; NaN where it cannot be told. */
export type Metrics = Readonly<Record<MetricName, number>>;

/**
 * Counts what was right and wrong in one picture. Both maps must be of one size.
 *
 * @throws INVALID_ARGUMENT where sizes differ or a map holds a type above K
 */
export function countPicture(truth: PictureTruth, found: PicturePrediction, types: number): PictureCounts {
  const known = maskIgnored(found.classMap, truth.classMap);
  return {
    name: truth.name,
    sample: truth.sample,
    pixels: confusion(truth.classMap, found.classMap, types),
    cells: truth.instances ? cellConfusion(truth.classMap, truth.instances, found.classMap, types) : null,
    instances:
      truth.instances && found.instances
        ? matchInstances(truth.instances, found.instances, { ignored: truth.classMap })
        : null,
    composition: { found: areaFractions(known, types), truth: areaFractions(truth.classMap, types) },
  };
}

function maskIgnored(classMap: ClassMap, truth: ClassMap): ClassMap {
  return { ...classMap, data: classMap.data.map((value, i) => (truth.data[i] === 255 ? 0 : value)) };
}

/** Metrics over pictures: confusions and matches are pooled, composition errors averaged. */
export function metricsOf(pictures: readonly PictureCounts[]): Metrics {
  const pixels = pool(pictures.map((picture) => picture.pixels));
  const cells = pictures.flatMap((picture) => (picture.cells === null ? [] : [picture.cells]));
  const instances = pictures.flatMap((picture) => (picture.instances === null ? [] : [picture.instances]));
  return {
    miou: miou(pixels),
    miouWithBackground: miouWithBackground(pixels),
    typeAccuracy: typeAccuracy(pixels),
    balancedCellAccuracy: balancedCellAccuracy(poolCells(cells)),
    foregroundIou: foregroundIou(pixels),
    ap50: ap50(instances),
    compositionMae: compositionMae(pictures.map((picture) => picture.composition)),
  };
}

export interface Evaluation {
  readonly metrics: Readonly<Record<MetricName, Interval>>;
  readonly pixels: Confusion;
  readonly cells: CellConfusion;
  /** One row a picture, for tables. */
  readonly pictures: readonly (Metrics & { readonly name: string; readonly sample: string | null })[];
}

/** Pooled metrics with bootstrap intervals over samples, and the table by picture. */
export function evaluate(pictures: readonly PictureCounts[], options: BootstrapOptions = {}): Evaluation {
  const intervalOf = (name: MetricName) =>
    bootstrap(
      pictures,
      (picture) => picture.sample,
      (drawn) => metricsOf(drawn)[name],
      options,
    );
  return {
    metrics: {
      miou: intervalOf('miou'),
      miouWithBackground: intervalOf('miouWithBackground'),
      typeAccuracy: intervalOf('typeAccuracy'),
      balancedCellAccuracy: intervalOf('balancedCellAccuracy'),
      foregroundIou: intervalOf('foregroundIou'),
      ap50: intervalOf('ap50'),
      compositionMae: intervalOf('compositionMae'),
    },
    pixels: pool(pictures.map((picture) => picture.pixels)),
    cells: poolCells(pictures.flatMap((picture) => (picture.cells === null ? [] : [picture.cells]))),
    pictures: pictures.map((picture) => ({
      name: picture.name,
      sample: picture.sample,
      ...metricsOf([picture]),
      compositionMae: fractionError(picture.composition.found, picture.composition.truth),
    })),
  };
}
