import { describe, expect, it } from 'vitest';
import { entryNames } from './entry-names.ts';

describe('names in an archive', () => {
  it('never lead out of it, and never meet', () => {
    expect(
      entryNames(['../../etc/passwd', 'A1.tif', 'a1.png', 'A1.tif', '=cmd|x', '...', 'Ø 3.czi']),
    ).toEqual(['_.._etc_passwd', 'A1', 'a1 (2)', 'A1 (3)', '_cmd_x', 'image', 'Ø 3']);
  });
});
