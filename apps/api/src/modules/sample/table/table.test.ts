import { describe, expect, it } from 'vitest';
import { guardFormula, unguardFormula } from './formula-guard.ts';
import { type Known, planImport } from './plan-import.ts';
import { readRow } from './read-row.ts';
import { readTableRows, readTableText } from './read-table.ts';
import { writeTable } from './write-table.ts';

const lines = [
  { id: 'a', name: 'A172', accession: 'CVCL_0131' },
  { id: 'b', name: 'odd; "name": 1', accession: null },
  { id: 'c', name: 'HEK293', accession: 'CVCL_0045' },
  { id: 'd', name: 'HEK293 clone', accession: 'CVCL_0045' },
];
const empty: Known = { samples: [], images: [], lines, registerLines: false };
const plan = (text: string, known = empty) => planImport(readTableText(text).map(readRow), known);
const problems = (text: string, known = empty) =>
  plan(text, known).rows.flatMap((row) =>
    row.problems.map(({ column, message }) => `${row.row} ${column}: ${message}`),
  );

describe('a sample table', () => {
  it('is read from CSV, semicolons, tabs, and rows as objects', () => {
    const cells = { sample: 'S1', well: 'C7', dose: '0,5' };
    for (const text of [
      '\ufeffSample;Well;Dose\r\nS1;C7;0,5\r\n;;\r\n',
      'Sample Name\tWELL\tConcentration\nS1\tC7\t0,5',
      'sample,well,dose,,\nS1,C7,"0,5",,',
    ])
      expect(readTableText(text)).toEqual([{ row: 2, cells }]);
    expect(readTableRows([{ sample: 'S1', well: 'C7', dose: '0,5' }])).toEqual([{ row: 1, cells }]);
    expect(readRow({ row: 2, cells }).fields).toEqual({ well: 'C7', dose: 0.5 });
  });

  it.each([
    ['', 'TABLE_EMPTY'],
    ['sample', 'TABLE_EMPTY'],
    ['sample,colour\nS,red', 'COLUMN_UNKNOWN'],
    ['sample,Culture\nS,S', 'COLUMN_TWICE'],
    ['sample\n"S', 'TABLE_UNREADABLE'],
    [`sample\n${'S\n'.repeat(10_001)}`, 'TABLE_TOO_LARGE'],
    [`sample\n${'S'.repeat(2 ** 21)}`, 'TABLE_TOO_LARGE'],
  ])('refuses a table of its own kind %#', (text, code) => {
    expect(() => readTableText(text)).toThrow(expect.objectContaining({ code }));
  });

  it.each([[null], ['x'], [[1]], [[{ sample: {} }]], [{ sample: 'x' }]])('refuses rows %j', (rows) => {
    expect(() => readTableRows(rows)).toThrow(expect.objectContaining({ type: 'ValidationError' }));
  });

  it('names row, column and what is wrong, all at once', () => {
    expect(
      problems(
        'sample,passage,dose,control,lines,time_h\nS,1.5,-1,maybe,A172:2,soon\n,,,,,\nT,,,,A172:0.6;HEK293:0.6,\nU,,,,CVCL_0045,\nV,,,,Nobody,\nW,,,,A172;a172,',
      ),
    ).toEqual([
      '2 passage: it is no whole number from 0 to 10000',
      '2 dose: it is no number from 0 to 1000000000000',
      '2 time_h: it is no number from -1000000 to 1000000',
      '2 control: it is no control role',
      '2 lines: "A172" with a share of 2 cannot be',
      '3 lines: the shares add up to 1.2',
      '4 lines: "HEK293", "HEK293 clone" share this accession',
      '5 lines: no line "Nobody" is in the registry',
      '6 lines: the line is named twice',
    ]);
    expect(problems('well\nC7')).toEqual(['2 sample: the row names neither a sample nor a file']);
    expect(problems('file\nx.tif')).toEqual(['2 file: no image of this dataset has this name']);
  });

  it('lets rows of one sample leave out what another says, and not contradict it', () => {
    const known = { ...empty, images: [1, 2].map((n) => ({ id: `${n}`, name: `${n}.tif`, sampleId: null })) };
    const { rows, samples } = plan('file,sample,well\n1.tif,S,C07\n2.tif,S,', known);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['CREATED', 'CHANGED']);
    expect(samples).toMatchObject([{ name: 'S', fields: { well: 'C7' }, imageIds: ['1', '2'] }]);
    expect(problems('sample,well\nS,C7\nS,C8')).toEqual(['3 well: row 2 says "C7" of the same sample "S"']);
  });

  it('means all time points of a file by its name, and one by its own', () => {
    const image = (n: number) => ({ id: `${n}`, name: `C7.ome.tif · t ${n}`, sampleId: null });
    const known = { ...empty, images: [1, 2, 3].map(image) };
    const samples = (text: string) =>
      plan(text, known).samples.map(({ name, imageIds }) => ({ name, imageIds }));
    expect(samples('file,lines\nC7.ome.tif,A172')).toEqual([{ name: 'C7', imageIds: ['1', '2', '3'] }]);
    expect(samples('file,sample\nC7.ome.tif · t 2,S')).toEqual([{ name: 'S', imageIds: ['2'] }]);
  });

  it('tells before and after, and nothing of what stays', () => {
    const fields = {
      plate: 'P1',
      well: 'C7',
      replicate: null,
      passage: 3,
      treatment: null,
      dose: null,
      doseUnit: null,
      timePoint: null,
      control: 'NONE',
    } as const;
    const sample = { id: 's', name: 'S', fields, lines: [{ cellLineId: 'a', name: 'A172', fraction: null }] };
    const known = { ...empty, samples: [sample] };
    expect(plan('sample,passage,plate,lines\nS,4,,A172:70%;HEK293:0.3', known).rows).toMatchObject([
      {
        outcome: 'CHANGED',
        changes: [
          { field: 'plate', before: 'P1', after: null },
          { field: 'passage', before: '3', after: '4' },
          { field: 'lines', before: 'A172', after: 'A172:0.7; HEK293:0.3' },
        ],
      },
    ]);
    const same = plan('sample,passage,lines\nS,3,cvcl_0131', known);
    expect(same).toMatchObject({ rows: [{ outcome: 'UNCHANGED' }], samples: [] });
    expect(plan('sample,lines\nS,', known).samples[0]?.lines).toEqual([]);
  });

  it('registers unknown lines once, where it is asked to', () => {
    const { newLines, rows } = plan('sample,lines\nS,New one\nT,new ONE:0.5', {
      ...empty,
      registerLines: true,
    });
    expect(newLines).toEqual(['New one']);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['CREATED', 'CREATED']);
  });

  it('comes back as it was written, whatever the texts, and runs no formula', () => {
    const row = {
      file: '=cmd|"/c calc"!A0.tif',
      sample: '@SUM(A1)',
      plate: "'=already",
      well: 'C7',
      replicate: '+1',
      passage: 3,
      treatment: 'a "b", c',
      dose: 0.5,
      doseUnit: 'µM',
      timePoint: -2,
      control: 'BLANK',
      lines: [
        { name: 'odd; "name": 1', fraction: 0.25 },
        { name: 'A172', fraction: null },
      ],
    };
    const text = writeTable([row], true);
    expect(text).not.toMatch(/(^|,|")[=+@]/m);
    const read = readRow(readTableText(text)[0]!);
    expect(read).toMatchObject({ file: row.file, sample: row.sample, problems: [] });
    const { file, sample, lines: seeded, ...fields } = row;
    expect(read.fields).toEqual(fields);
    expect(read.lines).toEqual(expect.arrayContaining(seeded));
    for (const value of ['=1', "'=1", "''=1", "'plain", '-', 'x=1'])
      expect(unguardFormula(guardFormula(value))).toBe(value);
  });
});
