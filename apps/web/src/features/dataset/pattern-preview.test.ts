import { describe, expect, it } from 'vitest';
import { previewOf, proposalsFor } from './pattern-preview.ts';

describe('a pattern for the names that are there', () => {
  it('is written down unasked where it reads nearly all of them', () => {
    const names = Array.from({ length: 20 }, (_, i) => `A549_B${String(i + 1).padStart(2, '0')}_1.tif`);
    expect(proposalsFor(names, []).best).toBe('{line}_{well}_{site}');
    expect(proposalsFor([...names, 'overview.tif'], []).best).toBe('{line}_{well}_{site}');
  });

  it('is not where it reads some: they are offered, with an example of the first name', () => {
    const names = ['A549_B03_1.tif', 'A549_B04_1.tif', 'MCF7 day3 001.tif', 'MCF7 day3 002.tif'];
    expect(proposalsFor(names, [])).toEqual({
      best: '',
      others: [
        { pattern: '{line}_{well}_{site}', matches: 2 },
        { pattern: '{line} {time} {site}', matches: 2 },
      ],
      example: { pattern: '{line}_{well}_{site}', name: 'A549_B03_1.tif' },
    });
  });

  it('is none where names tell nothing of a culture', () => {
    expect(proposalsFor(['0001.tif', '0002.tif'], [])).toEqual({ best: '', others: [], example: null });
    expect(proposalsFor(['image1.tif', 'image2.tif'], [])).toEqual({ best: '', others: [], example: null });
    expect(proposalsFor([], [])).toEqual({ best: '', others: [], example: null });
  });
});

describe('what a pattern reads', () => {
  it('is said for names that fit, and why others do not', () => {
    const preview = previewOf('{line} {time} {site}', ['MCF7 day3 002.tif', 'MCF7_overview.tif']);
    expect(preview).toEqual({
      error: null,
      fits: 1,
      rows: [
        { name: 'MCF7 day3 002.tif', says: 'line MCF7, site 2, time 72 h', fits: true },
        {
          name: 'MCF7_overview.tif',
          says: 'After "MCF7_overview" the name ends, where a blank is expected.',
          fits: false,
        },
      ],
    });
  });

  it('is nothing while nothing is written, and says what is wrong with what is', () => {
    expect(previewOf(' ', ['a.tif'])).toEqual({ error: null, fits: 0, rows: [] });
    expect(previewOf('{lime}_{well}', ['a.tif']).error).toMatch(
      /^The pattern "\{lime\}_\{well\}": \{lime\} is not known\. Known are \{line\}/,
    );
  });
});
