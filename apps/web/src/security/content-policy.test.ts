import { expect, it } from 'vitest';
import { contentPolicy } from './content-policy.ts';

const policy = (bucketOrigin: string | null) =>
  new Map(
    contentPolicy({ nonce: 'n0nce', bucketOrigin, development: false })
      .split('; ')
      .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]),
  );

it('runs no script without the nonce of its request', () => {
  const scripts = policy(null).get('script-src');
  expect(scripts).toEqual(["'self'", "'nonce-n0nce'", "'strict-dynamic'", "'wasm-unsafe-eval'"]);
});

it('starts workers from its own files alone', () => {
  expect(policy(null).get('worker-src')).toEqual(["'self'"]);
});

it('speaks with the portal and its bucket, and with nobody else', () => {
  const rules = policy('http://127.0.0.1:4820');
  expect(rules.get('connect-src')).toEqual(["'self'", 'http://127.0.0.1:4820']);
  expect(rules.get('img-src')).toEqual(["'self'", 'blob:', 'data:', 'http://127.0.0.1:4820']);
  expect(policy(null).get('connect-src')).toEqual(["'self'"]);
});

it('stands in nobody’s frame', () => {
  expect(policy(null).get('frame-ancestors')).toEqual(["'none'"]);
});
