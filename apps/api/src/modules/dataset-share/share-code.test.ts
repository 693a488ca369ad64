import { encodeGlobalID } from '@pothos/plugin-relay';
import { describe, expect, it } from 'vitest';
import { parseShareAddress, shareCodeOf } from './share-code.ts';

const id = '01a204c8-433b-75e9-957e-75f6f1a6ad1c';

describe('a share code', () => {
  it('leads back to its project, however a person writes it', () => {
    const code = shareCodeOf(id);
    expect(code).toMatch(/^([0-9A-Z]{7}-){3}[0-9A-Z]{7}$/);
    expect(parseShareAddress(code)).toBe(id);
    expect(parseShareAddress(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `)).toBe(id);
    expect(parseShareAddress(encodeGlobalID('Project', id))).toBe(id);
  });

  it('is refused with a slip in it, and so is an id of something else', () => {
    const code = shareCodeOf(id);
    const slipped = code.replace(/.$/, (last) => (last === '2' ? '3' : '2'));
    for (const wrong of [slipped, code.slice(1), 'Blasts', encodeGlobalID('Dataset', id)]) {
      expect(() => parseShareAddress(wrong)).toThrow('is no project’s share code or id');
    }
  });
});
