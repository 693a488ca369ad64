import { type Cell, composition } from '@cellmixer/cellmixer';

/** What is kept of the cells for sums: 0 unassigned, 1… the classes, areas in the pixels of the cells. */
export function countsOf(segmentationId: string, cells: readonly Cell[], classes: readonly string[]) {
  const { types, unassigned } = composition(cells, classes);
  return [unassigned, ...types].map((share, position) => ({
    segmentationId,
    position,
    cells: share.cells,
    area: share.area,
  }));
}
