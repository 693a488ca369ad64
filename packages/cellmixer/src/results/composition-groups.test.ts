import { describe, expect, it } from 'vitest';
import { type GroupOptions, groupCompositions, type ImageCounts } from './composition-groups.ts';

const nowhere = { sampleId: null, sample: null, plate: null, well: null, replicate: null };
const untreated = { treatment: null, dose: null, doseUnit: null, timePoint: null };

function image(imageId: string, cells: readonly number[], changes: Partial<ImageCounts> = {}): ImageCounts {
  const place = { ...nowhere, ...untreated, seriesId: null };
  return {
    imageId,
    image: `${imageId}.tif`,
    ...place,
    cells: [0, ...cells],
    area: [0, ...cells],
    ...changes,
  };
}

function only(images: readonly ImageCounts[], by: GroupOptions['by']) {
  const [group, ...others] = groupCompositions(images, { by, classes: 2 });
  if (group === undefined || others.length > 0) throw new Error('one group was expected');
  return group;
}

const widthOf = (group: ReturnType<typeof only>) =>
  (group.classes[0]?.high ?? 0) - (group.classes[0]?.low ?? 0);

describe('time points of one field', () => {
  const series = { seriesId: 'f', sampleId: 's', sample: 'C7' };

  it('do not make an interval narrower than one look at it does', () => {
    const once = only([image('a', [60, 40], { sampleId: 's', sample: 'C7' })], 'SAMPLE');
    const looks = Array.from({ length: 9 }, (_, i) => image(`t${i}`, [60, 40], series));
    const often = only(looks, 'SAMPLE');
    expect(often).toMatchObject({ n: 900, place: { images: 9, samples: 1 } });
    expect(widthOf(often)).toBeCloseTo(widthOf(once), 12);
  });

  it('are one sample, also where nobody has labelled them', () => {
    const unlabelled = [1, 2, 3].map((n) => image(`t${n}`, [6, 4], { seriesId: 'f' }));
    expect(only([...unlabelled, image('b', [3, 7])], 'RUN').place).toMatchObject({ images: 4, samples: 2 });
  });
});
