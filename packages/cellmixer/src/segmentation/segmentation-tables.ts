import { stringify } from 'csv-stringify/sync';
import type { Segmentation } from './segment-image.ts';

export interface SegmentedPicture {
  /** The picture's file name. */
  readonly image: string;
  readonly sample: string | null;
  /** Micrometres per pixel, where known. */
  readonly pixelSizeUm: number | null;
  /** At the picture's native size; a thousand pictures' maps would not fit into memory. */
  readonly found: Pick<Segmentation, 'width' | 'height' | 'cells' | 'composition'>;
}

/** One row a cell. Lengths in native pixels, x to the right and y down from the upper left pixel's centre. */
export function cellsTable(pictures: readonly SegmentedPicture[], types: readonly string[]): string {
  const header = [
    ...['image', 'sample', 'cell', 'type', 'confidence', ...types.map((type) => `share_${type}`)],
    ...['area_px', 'area_um2', 'centroid_x', 'centroid_y', 'x0', 'y0', 'x1', 'y1'],
  ];
  const rows = pictures.flatMap(({ image, sample, pixelSizeUm, found }) =>
    found.cells.map((cell) => [
      ...[image, sample ?? '', cell.label, types[cell.type - 1] ?? '', digits(cell.confidence)],
      ...cell.probabilities.map(digits),
      ...[digits(cell.area), pixelSizeUm === null ? '' : digits(cell.area * pixelSizeUm ** 2)],
      ...[digits(cell.centroidX), digits(cell.centroidY), cell.x0, cell.y0, cell.x1, cell.y1],
    ]),
  );
  return stringify([header, ...rows], { escape_formulas: true });
}

/** One row a picture: cells and areas by type, as found. Fractions are of the cells that have a type. */
export function imagesTable(pictures: readonly SegmentedPicture[], types: readonly string[]): string {
  const header = [
    ...['image', 'sample', 'width', 'height', 'cells', 'unassigned'],
    ...types.flatMap((type) => [`cells_${type}`, `cell_fraction_${type}`, `area_fraction_${type}`]),
  ];
  const rows = pictures.map(({ image, sample, found }) => [
    ...[
      image,
      sample ?? '',
      found.width,
      found.height,
      found.cells.length,
      found.composition.unassigned.cells,
    ],
    ...found.composition.types.flatMap((share) => [
      share.cells,
      digits(share.cellFraction),
      digits(share.areaFraction),
    ]),
  ]);
  return stringify([header, ...rows], { escape_formulas: true });
}

/** Four significant digits after the point at most; empty where there is no number. */
function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(4))) : '';
}
