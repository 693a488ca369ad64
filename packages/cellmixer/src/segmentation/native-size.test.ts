import { resampleLabels, resampleMaskArea } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import type { Predictor } from '../contracts.ts';
import { discPredictor, drawDiscs } from './disc-picture.ts';
import { atNativeSize } from './native-size.ts';
import { segmentImage } from './segment-image.ts';

const calibration = { cellDiameterPx: 54, workingScale: 0.5 };

describe('atNativeSize', () => {
  it('brings maps and cells to the native size in one coordinate system', async () => {
    const picture = drawDiscs({ width: 120, height: 90, count: 12, types: 2, seed: 3 });
    const working = await segmentImage(picture.image, {
      predictor: discPredictor(2),
      types: ['A', 'B'],
      calibration,
      options: { uncertainty: true },
    });
    const native = atNativeSize(working, 240, 180);
    expect([native.instances.width, native.classMap.height, native.uncertainty?.width]).toEqual([
      240, 180, 240,
    ]);
    for (const cell of native.cells) {
      const before = working.cells[cell.label - 1]!;
      expect(cell.centroidX).toBeCloseTo(2 * before.centroidX + 0.5, 0);
      expect(cell.centroidY).toBeCloseTo(2 * before.centroidY + 0.5, 0);
      expect(cell.area / before.area).toBeCloseTo(4, 0);
      expect(native.classMap.data[Math.round(cell.centroidY) * 240 + Math.round(cell.centroidX)]).toBe(
        cell.type,
      );
    }
    const painted = native.instances.data.reduce((n, label) => n + (label > 0 ? 1 : 0), 0);
    expect(native.cells.reduce((sum, cell) => sum + cell.area, 0)).toBe(painted);
    expect(native.composition.types.reduce((sum, share) => sum + share.area, 0)).toBe(painted);
  });

  it('draws outlines between working pixels: nearer the truth than stepped ones', async () => {
    const truth = drawDiscs({ width: 300, height: 240, count: 20, types: 1, seed: 4, diameter: 40 }).truth;
    const mask = {
      width: 300,
      height: 240,
      data: Uint8Array.from(truth.data, (label) => (label > 0 ? 1 : 0)),
    };
    const covered = resampleMaskArea(mask, 150, 120);
    const asIs: Predictor = {
      inputChannels: 1,
      types: 1,
      multiple: 1,
      predict: async (images) => ({ foreground: images, types: new Float32Array(images.length).fill(1) }),
    };
    const working = await segmentImage(
      { ...covered, channels: 1 },
      { predictor: asIs, types: ['A'], calibration: { cellDiameterPx: 40, workingScale: 0.5 } },
    );
    const iou = (found: { data: Uint8Array }) => {
      let both = 0;
      let either = 0;
      mask.data.forEach((inside, i) => {
        both += inside & found.data[i]!;
        either += inside | found.data[i]!;
      });
      return both / either;
    };
    expect(iou(atNativeSize(working, 300, 240).classMap)).toBeGreaterThan(0.985);
    expect(iou(resampleLabels(working.classMap, 300, 240))).toBeLessThan(0.975);
  });

  it('changes nothing where the sizes are equal', async () => {
    const picture = drawDiscs({ width: 60, height: 50, count: 3, types: 1, seed: 3 });
    const working = await segmentImage(picture.image, {
      predictor: discPredictor(1),
      types: ['A'],
      calibration,
    });
    expect(atNativeSize(working, 60, 50)).toEqual(working);
  });

  it('keeps a cell in the table that a smaller map no longer shows', async () => {
    const picture = drawDiscs({ width: 64, height: 64, count: 2, types: 1, seed: 3, diameter: 8 });
    const working = await segmentImage(picture.image, {
      predictor: discPredictor(1),
      types: ['A'],
      calibration: { cellDiameterPx: 8, workingScale: 1 },
    });
    const tiny = atNativeSize(working, 2, 2);
    expect(tiny.cells).toHaveLength(working.cells.length);
    for (const cell of tiny.cells) expect(Number.isFinite(cell.centroidX)).toBe(true);
  });
});
