import { describe, expect, it } from 'vitest';
import { attemptKey, attemptPrefix, imageKey, incomingKey, modelKey } from './key-layout.ts';
import { objectKey, objectPrefix } from './object-key.ts';

const refused = expect.objectContaining({ code: 'INVALID_ARGUMENT' });

describe('the layout of keys', () => {
  it('is this one', () => {
    expect(incomingKey('lab1', 'u-1')).toBe('incoming/lab1/u-1');
    expect(imageKey('lab1', 'i_1', 'tiles', '0.0.tif')).toBe('images/lab1/i_1/tiles/0.0.tif');
    expect(attemptKey('j1', 3, 'checkpoint.safetensors')).toBe('attempts/j1/3/checkpoint.safetensors');
    expect(attemptPrefix('j1', 3)).toBe('attempts/j1/3/');
    expect(modelKey('m1', 12)).toBe('models/m1/12/model.onnx');
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', 'a b', '../lab2', 'a..b', 'ä', 'a\0', '.hidden', 'x'.repeat(129)])(
    'refuses the id %j',
    (id) => {
      expect(() => incomingKey(id, 'u1')).toThrow(refused);
      expect(() => incomingKey('lab1', id)).toThrow(refused);
      expect(() => imageKey('lab1', 'i1', id)).toThrow(refused);
    },
  );

  it.each([0, -1, 1.5, Number.NaN])('refuses the count %d', (count) => {
    expect(() => attemptKey('j1', count, 'a')).toThrow(refused);
    expect(() => modelKey('m1', count)).toThrow(refused);
  });

  it('refuses a key of an image without a name', () => {
    expect(() => imageKey('lab1', 'i1')).toThrow(refused);
  });
});

describe('a key that was kept elsewhere', () => {
  it('is taken back', () => {
    expect(objectKey('images/lab1/i1/Zählung 1.tif')).toBe('images/lab1/i1/Zählung 1.tif');
    expect(objectPrefix('images/lab1/')).toBe('images/lab1/');
  });

  it.each(['', '/a', 'a/', 'a//b', 'a/../b', './a', 'a\nb', '\ud800', 'ä'.repeat(513)])(
    'is refused: %j',
    (text) => {
      expect(() => objectKey(text)).toThrow(refused);
    },
  );

  it.each(['', '/', 'images/', 'images', 'images/lab1', '../lab1/'])('is refused as a prefix: %j', (text) => {
    expect(() => objectPrefix(text)).toThrow(refused);
  });
});
