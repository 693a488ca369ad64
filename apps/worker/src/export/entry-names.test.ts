import { describe, expect, it } from 'vitest';
import { entryNames } from './entry-names.ts';

describe('names in an archive', () => {
  it('never lead out of it, and never meet', () => {
    expect(
      entryNames(['../../etc/passwd', 'A1.tif', 'a1.png', 'A1.tif', '=cmd|x', '...', 'Ø 3.czi']),
    ).toEqual(['_.._etc_passwd', 'A1', 'a1 (2)', 'A1 (3)', '_cmd_x', 'image', 'Ø 3']);
  });

  it('keep the time points of a file apart, however long its name', () => {
    expect(entryNames(['C7.ome.tif · t 3', 'C7.tif · t 12'])).toEqual(['C7.ome t 3', 'C7 t 12']);
    const long = 'x'.repeat(150);
    expect(entryNames([`${long}.tif · t 1`, `${long}.tif · t 2`])).toEqual(
      [1, 2].map((n) => `${'x'.repeat(96)} t ${n}`),
    );
  });
});
