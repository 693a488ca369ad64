import { resampleLabels } from '@cellmixer/pixels';
import type { Cell } from '../contracts.ts';
import type { Segmentation } from './segment-image.ts';

/**
 * A segmentation at the size of the native picture: maps by the nearest pixel, areas and coordinates of the cells
 * scaled (a pixel's centre stays a pixel's centre). Composition areas are in native px² too. Probabilities are dropped.
 */
export function atNativeSize(found: Segmentation, width: number, height: number): Segmentation {
  const scaleX = width / found.width;
  const scaleY = height / found.height;
  const { uncertainty } = found;
  return {
    ...found,
    width,
    height,
    classMap: resampleLabels(found.classMap, width, height),
    classMapPixelwise: resampleLabels(found.classMapPixelwise, width, height),
    instances: resampleLabels(found.instances, width, height),
    uncertainty: uncertainty === null ? null : resampleLabels(uncertainty, width, height),
    cells: found.cells.map((cell) => scaleCell(cell, scaleX, scaleY)),
    composition: {
      ...found.composition,
      types: found.composition.types.map((share) => ({ ...share, area: share.area * scaleX * scaleY })),
      unassigned: {
        cells: found.composition.unassigned.cells,
        area: found.composition.unassigned.area * scaleX * scaleY,
      },
    },
    probabilities: null,
  };
}

function scaleCell(cell: Cell, scaleX: number, scaleY: number): Cell {
  return {
    ...cell,
    area: cell.area * scaleX * scaleY,
    centroidX: (cell.centroidX + 0.5) * scaleX - 0.5,
    centroidY: (cell.centroidY + 0.5) * scaleY - 0.5,
    x0: Math.floor(cell.x0 * scaleX),
    y0: Math.floor(cell.y0 * scaleY),
    x1: Math.ceil(cell.x1 * scaleX),
    y1: Math.ceil(cell.y1 * scaleY),
  };
}
