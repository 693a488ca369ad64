import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { realData } from '@cellmixer/test-data';
import { describe, it } from 'vitest';
import { expectFacts, fixtures, readFacts } from './testing/expected-facts.ts';

describe('every kind of file opens with the values that tifffile, imagecodecs and Pillow read', () => {
  const facts = readFacts('synthetic-facts.json');
  it.for(Object.entries(facts))('%s', async ([name, expected]) => {
    await expectFacts(join(fixtures, 'files', name), expected);
  });
});

const folder = join(realData('formats') ?? '', 'dev');
describe.skipIf(!existsSync(folder))('microscopes’ own files (needs the real pictures)', () => {
  const facts = readFacts('real-facts.json');
  it.for(Object.entries(facts))('%s', async ([name, expected]) => {
    await expectFacts(join(folder, name), expected);
  });
});
