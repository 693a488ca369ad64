import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import { createConsole } from './console.ts';
import { sayDuration } from './duration.ts';
import { createProgress } from './progress.ts';
import { alignTable } from './table.ts';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 24, write: (text: string) => written.push(text) };
}

describe('sayDuration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [125, '2 min 05 s'],
    [4320, '1 h 12 min'],
  ])('says %d seconds as %s', (seconds, words) => expect(sayDuration(seconds)).toBe(words));
});

describe('createProgress', () => {
  it('moves one line on a terminal, cut to its width, and takes it away before a line that stays', () => {
    const stream = recorder(true);
    let now = 0;
    const progress = createProgress(stream, { now: () => now });
    progress.update('step 1 of a very long description');
    now = 50;
    progress.update('too soon');
    now = 200;
    progress.update('step 2');
    progress.say('done');
    expect(stream.written).toEqual([
      '\r\x1b[Kstep 1 of a very long …',
      '\r\x1b[Kstep 2',
      '\r\x1b[K',
      'done\n',
    ]);
  });

  it('writes a plain line now and then elsewhere', () => {
    const stream = recorder(false);
    let now = 0;
    const progress = createProgress(stream, { now: () => now, plainEvery: 1000 });
    for (now = 0; now < 2500; now += 100) progress.update(`at ${now}`);
    progress.say('done');
    expect(stream.written).toEqual(['at 0\n', 'at 1000\n', 'at 2000\n', 'done\n']);
  });
});

describe('alignTable', () => {
  it('sets numbers to the right, words to the left, and a dash for what is missing', () => {
    expect(
      alignTable(
        ['line', 'n', 'share'],
        [
          ['A172', 7, 0.5],
          ['B', 12, Number.NaN],
        ],
      ),
    ).toEqual(['line   n  share', '────  ──  ─────', 'A172   7  0.500', 'B     12      –']);
  });
});

describe('createConsole', () => {
  const failure = new CellMixerError('NO_FOREGROUND', 'culture "A" shows no cell', {
    subject: 'A',
    cure: 'Look.',
  });

  it('keeps the standard output to objects with --json', () => {
    const out = recorder(false);
    const notes = recorder(false);
    const console = createConsole({ json: true, out, notes });
    console.print('words');
    console.emit({ n: 1, none: Number.NaN });
    console.note('a note');
    console.fail(failure);
    expect(out.written.map((line) => JSON.parse(line))).toEqual([
      { n: 1, none: null },
      { error: { code: 'NO_FOREGROUND', message: 'culture "A" shows no cell', cure: 'Look.', subject: 'A' } },
    ]);
    expect(notes.written.join('')).toContain('What to do: Look.');
  });

  it('prints words and no objects without', () => {
    const out = recorder(false);
    const notes = recorder(false);
    const console = createConsole({ json: false, out, notes });
    console.print('words');
    console.emit({ n: 1 });
    console.fail(failure);
    expect(out.written).toEqual(['words\n']);
    expect(notes.written[0]).toBe('NO_FOREGROUND: culture "A" shows no cell\n');
  });
});
