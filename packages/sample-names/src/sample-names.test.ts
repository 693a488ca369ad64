import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import {
  fileOf,
  matchName,
  nameOfTimePoint,
  parsePattern,
  proposePatterns,
  readFields,
  readHours,
  writeWell,
} from './index.ts';

function read(pattern: string, name: string) {
  const match = matchName(parsePattern(pattern), name);
  return match.matched ? match.values : match;
}

describe('a pattern', () => {
  it('reads a name by its separators', () => {
    expect(read('{line}_Phase_{well}_{site}_{time}.tif', 'SKBR3_Phase_C7_2_01d04h00m.tif')).toEqual({
      line: 'SKBR3',
      well: 'C7',
      site: '2',
      time: '01d04h00m',
    });
  });

  it('reads the name of a time point like its file’s', () => {
    const name = nameOfTimePoint('HeLa_C7.ome.tif', 12);
    expect([name, fileOf(name), fileOf('HeLa_C7.ome.tif')]).toEqual([
      'HeLa_C7.ome.tif · t 12',
      ...['HeLa_C7.ome.tif', 'HeLa_C7.ome.tif'],
    ]);
    expect(read('{line}_{well}', name)).toEqual({ line: 'HeLa', well: 'C7' });
  });

  it('lets a name of a line hold the separator', () => {
    expect(read('{line}_{well}', 'MCF_7_B03')).toEqual({ line: 'MCF_7', well: 'B03' });
    expect(read('{plate}-{line}-{well}-{any}', 'P1-SK-OV-3-A12-x-y.ome.tiff')).toMatchObject({
      plate: 'P1',
      line: 'SK-OV-3',
      well: 'A12',
    });
  });

  it('takes all digits of a number and every letter of a script', () => {
    expect(read('s{site}_{line}', 's012_Zähl-Ω')).toEqual({ site: '012', line: 'Zähl-Ω' });
    expect(read('{{{line}}}', '{A}')).toEqual({ line: 'A' });
  });

  it('keeps nothing of {any}, however often it stands', () => {
    expect(read('{any}_{well}_{any}', 'x_A1_y_z')).toEqual({ well: 'A1' });
  });

  it('says where a name fails, and what was expected there', () => {
    expect(read('{line}_Phase_{well}_{site}', 'SKBR3_Phase_overview_2.tif')).toMatchObject({
      matched: false,
      at: 12,
      expected: 'a well such as C7 for {well}',
      message:
        '"SKBR3_Phase_overview_2.tif" does not fit: after "SKBR3_Phase_" comes "overview_2", where a well such as C7 for {well} is expected',
    });
    expect(read('{line}_{well}', 'SKBR3')).toMatchObject({
      at: 5,
      reason: 'after "SKBR3" the name ends, where "_" is expected',
    });
    expect(read('{well}_{site}', 'C7_1_extra')).toMatchObject({ at: 4, expected: 'the end of the name' });
    expect(read('{well}', '')).toMatchObject({ at: 0, reason: expect.stringMatching(/^the name is empty/) });
    expect(read('{well}', 'x')).toMatchObject({ reason: expect.stringMatching(/^it begins with "x"/) });
  });

  it.each([
    ['', 'reads nothing'],
    ['{any}', 'reads nothing'],
    ['{lime}_{well}', '{lime} is not known'],
    ['{line}_{line}', '{line} comes twice'],
    ['{line}{well}', 'nothing stands between {well}'],
    ['{line_{well}', 'stands alone'],
    ['line}', 'stands alone'],
    ['{line}'.padEnd(256, 'x'), '256 characters'],
  ])('refuses "%s"', (source, words) => {
    expect(() => parsePattern(source)).toThrow(words);
    try {
      parsePattern(source);
    } catch (error) {
      expect(error).toBeInstanceOf(CellMixerError);
      expect((error as CellMixerError).cure).toBeTruthy();
    }
  });

  it('is not slowed down by patterns and names made to', () => {
    const pattern = parsePattern(`${'{any}a'.repeat(40)}{well}`);
    expect(matchName(pattern, 'a'.repeat(100_000)).matched).toBe(false);
  });
});

describe('fields of a name', () => {
  it('are written in one way', () => {
    const values = { line: 'A172', well: 'c07', time: '01d04h30m', passage: '012', dose: '0,5uM' };
    expect(readFields(values)).toMatchObject({
      line: 'A172',
      well: 'C7',
      timeHours: 28.5,
      passage: 12,
      dose: 0.5,
      doseUnit: 'uM',
      plate: null,
    });
    expect(writeWell('AF48')).toBe('AF48');
    expect(writeWell('dish 2')).toBe('dish 2');
    expect(['90min', '2d', '24', 'day3', 'Day 3', 'hr6', 'soon'].map(readHours)).toEqual([
      ...[1.5, 48, 24, 72, 72, 6],
      null,
    ]);
  });
});

describe('proposed patterns', () => {
  const lines = ['A172', 'BT474', 'SKBR3'];
  const names = lines.flatMap((line) =>
    ['C7', 'D10'].flatMap((well) => [1, 2].map((site) => `${line}_Phase_${well}_${site}_00d04h00m.tif`)),
  );

  it('tell line, well, site and time by their shapes', () => {
    expect(proposePatterns(names)[0]).toEqual({
      pattern: '{line}_Phase_{well}_{site}_{time}',
      matches: names.length,
    });
  });

  it('tell marked columns by their letters', () => {
    const marked = ['HeLa-p12-r1-s1', 'HeLa-p12-r2-s1', 'MCF7-p13-r1-s2'].map((name) => `${name}.png`);
    expect(proposePatterns(marked)[0]).toEqual({
      pattern: '{line}-p{passage}-r{replicate}-s{site}',
      matches: 3,
    });
  });

  it('read names of lines that hold the separator too', () => {
    const mixed = ['MCF_7_B3_1.tif', 'A172_B4_1.tif', 'A549_B5_2.tif'];
    expect(proposePatterns(mixed)[0]).toEqual({ pattern: '{line}_{well}_{site}', matches: 3 });
  });

  it.each([
    ['{line}_{well}_{site}', ['A549_B03_1.tif']],
    ['{line}_{well}_{site}', ['A549_B03_2.tif', 'HeLa_B04_2.tif', 'HeLa_B05_2.tif']],
    ['{line} {time} {site}', ['MCF7 day3 002.tif']],
    ['{line} {time} {site}', ['MCF7 day3 001.tif', 'MCF7 day3 002.tif', 'MCF7 day5 001.tif']],
    ['{line}_Phase_{well}_{site}_{time}_{any}', ['BV2_Phase_B8_1_00d00h00m_1.tif']],
    [
      '{line}_Phase_{well}_{site}_{time}_{any}',
      ['BV2_Phase_B8_1_00d00h00m_1.tif', 'A172_Phase_C7_2_01d04h00m_4.tif', 'BV2_Phase_B8_1_00d12h00m_3.tif'],
    ],
    ['{line}-{site}', ['Jurkat-1.png']],
    ['{line}-{site}', ['Jurkat-1.png', 'Jurkat-2.png', 'HeLa-1.png']],
    ['Plate{plate}_{line}_{well}', ['Plate1_A549_B03.tif', 'Plate2_A549_B03.tif']],
  ])('are %s for names as microscopes write them', (pattern, fileNames) => {
    expect(proposePatterns(fileNames)[0]).toEqual({ pattern, matches: fileNames.length });
  });

  it('know the names of registered lines', () => {
    const treated = ['exp4_MCF-7_ctrl_1.tif', 'exp4_MCF-7_drug_1.tif'];
    expect(proposePatterns(treated, ['A549'])[0]?.pattern).toBe('exp4_MCF-{any}_{line}_{site}');
    const named = ['exp4_MCF7_ctrl_1.tif', 'exp4_MCF7_drug_1.tif'];
    expect(proposePatterns(named, ['A549', 'MCF-7'])[0]?.pattern).toBe('exp4_{line}_{any}_{site}');
  });

  it('are none for names that say nothing', () => {
    expect(proposePatterns([])).toEqual([]);
    expect(proposePatterns(['1.tif', '2.tif'])).toEqual([{ pattern: '{site}', matches: 2 }]);
  });
});
