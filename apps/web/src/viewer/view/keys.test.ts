import { describe, expect, it } from 'vitest';
import { actionOf } from './keys.ts';

const bare = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('actionOf', () => {
  it.each([
    ['ArrowLeft', { do: 'pan', right: -64, down: 0 }],
    ['+', { do: 'zoom', by: 0.5 }],
    ['-', { do: 'zoom', by: -0.5 }],
    ['F', { do: 'fit' }],
    ['o', { do: 'style' }],
    ['7', { do: 'class', number: 7 }],
    ['0', null],
    ['Tab', null],
  ])('%s', (key, action) => {
    expect(actionOf({ ...bare, key })).toEqual(action);
  });

  it('leaves the browser its own keys', () => {
    expect(actionOf({ ...bare, key: '+', ctrlKey: true })).toBeNull();
  });
});
