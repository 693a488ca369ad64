import { expect, it } from 'vitest';
import { wayBack } from './way-back.ts';

it('leads back to where one was', () => {
  expect(wayBack('/projects/UHJvamVjdDox?tab=runs')).toBe('/projects/UHJvamVjdDox?tab=runs');
});

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '',
  '/sign-in?to=/',
])('leads home instead of to %j', (to) => {
  expect(wayBack(to)).toBe('/');
});
