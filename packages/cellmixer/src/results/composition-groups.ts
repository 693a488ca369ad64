import { stringify } from 'csv-stringify/sync';
import { type ShareInterval, shareIntervals } from './share-intervals.ts';

/** What compositions are added up over. */
export type GroupBy = 'RUN' | 'PLATE' | 'WELL' | 'SAMPLE' | 'CONDITION' | 'IMAGE';

/** What was counted in one image, and where the image belongs. */
export interface ImageCounts {
  readonly imageId: string;
  readonly image: string;
  /** The same for time points of one field; null where it was seen once. */
  readonly seriesId: string | null;
  readonly sampleId: string | null;
  readonly sample: string | null;
  readonly plate: string | null;
  readonly well: string | null;
  readonly replicate: string | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  /** Hours. */
  readonly timePoint: number | null;
  /** Cells without a class first, then those of every class. */
  readonly cells: readonly number[];
  /** Native px², in the same order. */
  readonly area: readonly number[];
}

/** What a group's images have in common, and how many there are. */
export type GroupPlace = Omit<ImageCounts, 'imageId' | 'image' | 'seriesId' | 'cells' | 'area'> & {
  readonly imageId: string | null;
  readonly image: string | null;
  readonly images: number;
  readonly samples: number;
};

export interface ClassComposition extends ShareInterval {
  /** 1… in the model's order. */
  readonly position: number;
  readonly cells: number;
  /** Native px². */
  readonly area: number;
  /** Of the area of cells that have a class, 0…1; NaN without any. */
  readonly areaShare: number;
  /** Share of the seeded cells, 0…1; null where it was not written down for every sample. */
  readonly seeded: number | null;
}

export interface CompositionGroup {
  readonly place: GroupPlace;
  /** Cells that have a class: what shares are of. */
  readonly n: number;
  readonly unassigned: { readonly cells: number; readonly area: number };
  readonly classes: readonly ClassComposition[];
}

export interface GroupOptions {
  readonly by: GroupBy;
  /** How many classes there are. */
  readonly classes: number;
  /** Seeded shares of the classes by sample; samples that are not in it are unknown. */
  readonly seeded?: ReadonlyMap<string, readonly number[]>;
}

/** Adds up images to groups in the order of their first image; intervals as `shareIntervals` says. */
export function groupCompositions(images: readonly ImageCounts[], options: GroupOptions): CompositionGroup[] {
  return [...Map.groupBy(images, keyOf(options.by)).values()].map((group) => toGroup(group, options));
}

function keyOf(by: GroupBy): (image: ImageCounts) => string {
  // An image without a sample stands alone, but for the sum of all.
  const or = (image: ImageCounts, ...parts: readonly unknown[]) =>
    JSON.stringify(parts.every((part) => part === null) ? ['image', image.imageId] : parts);
  switch (by) {
    case 'RUN':
      return () => '';
    case 'IMAGE':
      return (image) => image.imageId;
    case 'SAMPLE':
      return (image) => or(image, image.sampleId);
    case 'PLATE':
      return (image) => or(image, image.plate);
    case 'WELL':
      return (image) =>
        image.well === null ? or(image, image.sampleId) : or(image, image.plate, image.well);
    case 'CONDITION':
      return (image) => or(image, image.treatment, image.dose, image.doseUnit, image.timePoint);
  }
}

function toGroup(images: readonly ImageCounts[], { by, classes, seeded }: GroupOptions): CompositionGroup {
  const fieldOf = (image: ImageCounts) => image.seriesId ?? image.imageId;
  const samples = [...Map.groupBy(images, (image) => image.sampleId ?? fieldOf(image)).values()];
  // Wells are what an experiment repeats; within one well only its fields can tell of the spread, each with all of its
  // time points.
  const fields = [...Map.groupBy(images, fieldOf).values()];
  const clusters = samples.length > 1 ? samples : fields;
  const typed = clusters.map((cluster) => sum(cluster, 'cells', classes).slice(1));
  const intervals = shareIntervals(typed, images.length / fields.length);
  const cells = sum(images, 'cells', classes);
  const area = sum(images, 'area', classes);
  const typedArea = area.slice(1).reduce((a, b) => a + b, 0);
  const known = seededOf(images, seeded);
  return {
    place: placeOf(images, samples.length, by),
    n: cells.slice(1).reduce((a, b) => a + b, 0),
    unassigned: { cells: cells[0] ?? 0, area: area[0] ?? 0 },
    classes: intervals.map((interval, k) => ({
      ...interval,
      position: k + 1,
      cells: cells[k + 1] ?? 0,
      area: area[k + 1] ?? 0,
      areaShare: (area[k + 1] ?? 0) / typedArea,
      seeded: known?.[k] ?? null,
    })),
  };
}

function sum(images: readonly ImageCounts[], what: 'cells' | 'area', classes: number): number[] {
  return Array.from({ length: classes + 1 }, (_, position) =>
    images.reduce((total, image) => total + (image[what][position] ?? 0), 0),
  );
}

/** The mean over the samples of a group, each once; null where one is unknown. */
function seededOf(
  images: readonly ImageCounts[],
  seeded: ReadonlyMap<string, readonly number[]> = new Map(),
): number[] | null {
  const known = [...new Set(images.map((image) => image.sampleId))].map((id) => seeded.get(id ?? ''));
  const first = known[0];
  if (first === undefined || known.includes(undefined)) return null;
  return first.map((_, k) => known.reduce((total, shares) => total + (shares?.[k] ?? 0), 0) / known.length);
}

function placeOf(images: readonly ImageCounts[], samples: number, by: GroupBy): GroupPlace {
  const shared = <Key extends keyof ImageCounts>(key: Key): ImageCounts[Key] | null => {
    const first = images[0]?.[key] ?? null;
    return images.every((image) => image[key] === first) ? first : null;
  };
  return {
    imageId: by === 'IMAGE' ? shared('imageId') : null,
    image: by === 'IMAGE' ? shared('image') : null,
    sampleId: shared('sampleId'),
    sample: shared('sample'),
    plate: shared('plate'),
    well: shared('well'),
    replicate: shared('replicate'),
    treatment: shared('treatment'),
    dose: shared('dose'),
    doseUnit: shared('doseUnit'),
    timePoint: shared('timePoint'),
    images: images.length,
    samples,
  };
}

/** One row a group and class: RFC 4180, safe to open in a spreadsheet. */
export function compositionTable(groups: readonly CompositionGroup[], classes: readonly string[]): string {
  const header = [
    ...['image', 'sample', 'plate', 'well', 'replicate', 'treatment', 'dose', 'dose_unit', 'time_h'],
    ...['images', 'samples', 'class', 'cells', 'cells_with_class', 'cells_unassigned', 'fraction'],
    ...['fraction_low_95', 'fraction_high_95', 'area_px', 'area_fraction', 'seeded_fraction'],
  ];
  const rows = groups.flatMap(({ place, n, unassigned, classes: shares }) =>
    shares.map((share) => [
      ...[place.image, place.sample, place.plate, place.well, place.replicate, place.treatment],
      ...[place.dose, place.doseUnit, place.timePoint, place.images, place.samples],
      ...[classes[share.position - 1], share.cells, n, unassigned.cells, digits(share.share)],
      ...[digits(share.low), digits(share.high), digits(share.area), digits(share.areaShare)],
      share.seeded === null ? '' : digits(share.seeded),
    ]),
  );
  return stringify([header, ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(5))) : '';
}
