import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, mutate, sendFiles, uploadFiles } from '@cellmixer/api-client';
import { StatementWatch } from '@cellmixer/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { NodeType } from './access/visible.ts';
import { type ServedWorld, serveWorld } from './testing/served-world.ts';
import type { Who } from './testing/world.ts';

let served: ServedWorld;
const clients = new Map<Who, ApiClient>();

beforeAll(async () => {
  served = await serveWorld();
  for (const who of ['editor', 'viewer', 'borrower', 'other lab', 'anonymous'] as const)
    clients.set(who, await served.clientOf(who));
}, 120_000);
afterAll(async () => {
  await served?.[Symbol.asyncDispose]();
});

const as = (who: Who): ApiClient => {
  const client = clients.get(who);
  if (client === undefined) throw new Error(`nobody asks as ${who}`);
  return client;
};
const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');
const idOf = (type: NodeType) => globalId(type, served.world.rows.get(type) ?? '');
const ask = (who: Who, query: string, variables: Record<string, unknown> = {}) =>
  as(who).request(query, variables, z.any());
const send = (who: Who, name: string, input: Record<string, unknown>, fields: string) =>
  mutate(as(who), name, input, fields, z.any());
/** The error that a request is refused with. */
const refusal = async (
  request: Promise<unknown>,
): Promise<{ subject: string; message: string; cure: string }> =>
  request.then(
    (answer) => {
      throw new Error(`not refused: ${JSON.stringify(answer)}`);
    },
    (error) => error,
  );

/** A dataset of its own, so that tests do not meet. */
async function makeDataset(name: string, filenamePattern: string | null = null): Promise<string> {
  const input = { project: idOf('Project'), name, modality: 'PHASE_CONTRAST', filenamePattern };
  const { dataset } = await send('editor', 'createDataset', input, 'dataset { id }');
  return dataset.id;
}

async function addImages(dataset: string, names: readonly string[]): Promise<void> {
  const datasetId = rowId(dataset);
  const createdById = served.world.actors.get('editor')?.userId ?? '';
  await served.database.image.createMany({
    data: names.map((name) => ({ datasetId, name, sizeBytes: 1, createdById })),
  });
}

const rowId = (id: string) => Buffer.from(id, 'base64').toString().split(':')[1] ?? '';

describe('lists of images and samples', () => {
  const names = 'edges { node { name } } pageInfo { hasNextPage endCursor }';
  const namesOf = (page: { edges: { node: { name: string } }[] }) => page.edges.map(({ node }) => node.name);
  let dataset: string;

  beforeAll(async () => {
    dataset = await makeDataset('Gallery');
    await addImages(dataset, ['a_1.tif', 'a_2.tif', 'b_100%.tif', 'c.tif', 'd.tif']);
    const labels = async (images: string, sample: string, cellLines: string[], well: string) => {
      const found = await served.database.image.findMany({
        where: { datasetId: rowId(dataset), name: { startsWith: images } },
      });
      const ids = found.map(({ id }) => globalId('Image', id));
      return { images: ids, sample, cellLines, well };
    };
    const other = await send(
      'editor',
      'registerCellLine',
      { organization: idOf('Organization'), name: 'BT474', parent: idOf('CellLine') },
      'cellLine { id parent { name } }',
    );
    expect(other.cellLine.parent).toEqual({ name: 'A172' });
    const input = {
      dataset,
      labels: [
        await labels('a', 'Gallery A', [idOf('CellLine')], 'B2'),
        await labels('b', 'Gallery B', [idOf('CellLine'), other.cellLine.id], 'B3'),
      ],
    };
    await send('editor', 'labelImages', input, 'images { id }');
  });

  const images = async (filter: Record<string, unknown>, who: Who = 'editor') =>
    namesOf(
      (
        await ask(
          who,
          `query($dataset: ID!, $filter: ImageFilter) { images(first: 50, dataset: $dataset, filter: $filter) { ${names} } }`,
          { dataset, filter },
        )
      ).images,
    ).toSorted();

  it('finds images by label, line, well, status and text', async () => {
    expect(await images({})).toHaveLength(5);
    expect(await images({ label: 'UNLABELLED' })).toEqual(['c.tif', 'd.tif']);
    expect(await images({ label: 'PURE' })).toEqual(['a_1.tif', 'a_2.tif']);
    expect(await images({ label: 'MIXED' })).toEqual(['b_100%.tif']);
    expect(await images({ cellLines: [idOf('CellLine')] })).toHaveLength(3);
    expect(await images({ cellLines: [] })).toEqual([]);
    expect(await images({ well: 'b2' })).toEqual(['a_1.tif', 'a_2.tif']);
    expect(await images({ statuses: ['READY'] })).toEqual([]);
    expect(await images({ statuses: ['INGESTING'], search: '0%' })).toEqual(['b_100%.tif']);
    expect(await images({ search: 'gallery a' })).toHaveLength(2);
    const sha256 = 'ab'.repeat(32);
    await served.database.image.updateMany({
      where: { datasetId: rowId(dataset), name: 'c.tif' },
      data: { checksum: sha256 },
    });
    expect(await images({ checksums: [sha256.toUpperCase(), 'f'.repeat(64)] })).toEqual(['c.tif']);
    expect(await images({ checksums: [] })).toEqual([]);
    expect(await images({ search: "'; DROP TABLE x; --" })).toEqual([]);
  });

  it('finds the time points of a file, and says how a picture was made of its planes', async () => {
    const series = await makeDataset('Series');
    await addImages(series, ['a.tif · t 1', 'a.tif · t 2', 'b.tif']);
    const change = (name: string, data: object) =>
      served.database.image.updateMany({ where: { datasetId: rowId(series), name }, data });
    await change('a.tif · t 1', { timePoint: 1, timePoints: 2, secondsSinceFirst: 0 });
    await change('a.tif · t 2', { timePoint: 2, timePoints: 2, stackPlanes: 5, stackPlane: 3 });
    await change('b.tif', { stackPlanes: 4 });
    const query = `query($dataset: ID!, $timePoint: Int) { images(first: 9, dataset: $dataset, filter: { timePoint: $timePoint }) {
      edges { node { name timePoint { number of seconds } stack { planes picture plane } } } } }`;
    const found = async (timePoint: number | null) => {
      const { images } = await ask('viewer', query, { dataset: series, timePoint });
      return images.edges
        .map((edge: { node: { name: string } }) => edge.node)
        .sort((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1));
    };
    const plain = { name: 'b.tif', timePoint: null, stack: { planes: 4, picture: 'MAXIMUM', plane: null } };
    const first = { name: 'a.tif · t 1', timePoint: { number: 1, of: 2, seconds: 0 }, stack: null };
    const second = {
      ...{ name: 'a.tif · t 2', timePoint: { number: 2, of: 2, seconds: null } },
      stack: { planes: 5, picture: 'SHARPEST', plane: 3 },
    };
    expect(await found(null)).toEqual([first, second, plain]);
    expect(await found(1)).toEqual([first, plain]);
    expect(await found(2)).toEqual([second]);
  });

  it('shows other labs nothing, whatever they ask for', async () => {
    expect(await images({}, 'other lab')).toEqual([]);
    expect(await images({}, 'anonymous')).toEqual([]);
    const query = `query($project: ID) { samples(first: 50, project: $project) { ${names} } }`;
    for (const who of ['other lab', 'borrower', 'anonymous'] as const)
      expect((await ask(who, query, { project: idOf('Project') })).samples.edges).toEqual([]);
    expect((await ask('viewer', query, { project: idOf('Project') })).samples.edges).not.toEqual([]);
  });

  it('does not tell a borrower wells by whether they fit', async () => {
    const query = `query($dataset: ID!, $well: String) {
      images(first: 50, dataset: $dataset, filter: { search: $well }) { ${names} } }`;
    const lent = { dataset: idOf('Dataset') };
    await served.database.sample.update({
      where: { id: served.world.rows.get('Sample') ?? '' },
      data: { name: 'Secret name' },
    });
    expect((await ask('viewer', query, { ...lent, well: 'secret' })).images.edges).toHaveLength(1);
    expect((await ask('borrower', query, { ...lent, well: 'secret' })).images.edges).toEqual([]);
    expect((await ask('borrower', query, { ...lent, well: 'C7.tif' })).images.edges).toHaveLength(1);
  });

  it('pages through them, and lists samples by name', async () => {
    const query = `query($dataset: ID!, $after: String) {
      images(first: 2, after: $after, dataset: $dataset) { ${names} } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { images: page } = await ask('editor', query, { dataset, after });
      seen.push(...namesOf(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(5);
    const { node } = await ask(
      'editor',
      `query($dataset: ID!) { node(id: $dataset) { ... on Dataset {
        samples(first: 5) { edges { node { name well control lines { cellLine { name } } images(first: 5) { edges { node { name } } } } } } } } }`,
      { dataset },
    );
    expect(node.samples.edges.map((edge: { node: unknown }) => edge.node)).toMatchObject([
      { name: 'Gallery A', well: 'B2', control: 'NONE', images: { edges: [{}, {}] } },
      { name: 'Gallery B', well: 'B3', images: { edges: [{}] } },
    ]);
  });

  it('counts by status and by what pictures show, in one statement for many datasets', async () => {
    const query = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Dataset {
      imageCounts { total byStatus { status images } byPopulation { kind cellLine { name } images } } } } }`;
    const watch = new StatementWatch();
    const { nodes } = await ask('editor', query, { ids: [dataset] });
    const one = watch.take().length;
    expect(nodes[0].imageCounts).toEqual({
      total: 5,
      byStatus: [{ status: 'INGESTING', images: 5 }],
      byPopulation: expect.arrayContaining([
        { kind: 'PURE', cellLine: { name: 'A172' }, images: 2 },
        { kind: 'UNLABELLED', cellLine: null, images: 2 },
        { kind: 'MIXED', cellLine: null, images: 1 },
      ]),
    });
    await ask('editor', query, { ids: [dataset, idOf('Dataset')] });
    expect(watch.take()).toHaveLength(one);
    watch.stop();
  });

  it.each([
    ['ids of other types', { dataset: 'x', filter: {} }],
    ['a search without end', { dataset: null, filter: { search: 'x'.repeat(201) } }],
    ['signs that no text may hold', { dataset: null, filter: { well: 'C\0' } }],
    ['what is no checksum', { dataset: null, filter: { checksums: ['abc'] } }],
    ['a status that there is not', { dataset: null, filter: { statuses: ['GONE'] } }],
  ])('refuses %s', async (_what, variables) => {
    const query =
      'query($dataset: ID, $filter: ImageFilter) { images(first: 5, dataset: $dataset, filter: $filter) { edges { cursor } } }';
    const { message } = await refusal(ask('editor', query, variables));
    expect(message).not.toContain('Something broke');
  });
});

describe('changes of a dataset', () => {
  const fields = 'dataset { name pixelSizeUm filenamePattern revision }';

  it('keep what is not named, empty what is null, and need the revision that was seen', async () => {
    const dataset = await makeDataset('Changing', '{line}_{well}');
    const change = (input: Record<string, unknown>, who: Who = 'editor') =>
      send(who, 'updateDataset', { dataset, ...input }, fields);
    expect(await change({ expectedRevision: 1, pixelSizeUm: 0.5 })).toMatchObject({
      dataset: { name: 'Changing', pixelSizeUm: 0.5, filenamePattern: '{line}_{well}', revision: 2 },
    });
    expect(await refusal(change({ expectedRevision: 1, name: 'Late' }))).toMatchObject({
      subject: 'DATASET_CHANGED',
    });
    const both = await Promise.allSettled([
      change({ expectedRevision: 2, name: 'One' }),
      change({ expectedRevision: 2, name: 'Two' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await change({ expectedRevision: 3, filenamePattern: null })).dataset).toMatchObject({
      filenamePattern: null,
      pixelSizeUm: 0.5,
    });
    for (const wrong of [
      { filenamePattern: '{lime}' },
      { filenamePattern: '{line}{well}' },
      { pixelSizeUm: -1 },
      { name: ' ' },
      { name: null },
      { name: 'a\0b' },
    ])
      expect(await refusal(change({ expectedRevision: 4, ...wrong }))).toMatchObject({
        subject: 'INPUT_INVALID',
      });
    expect(await refusal(change({ expectedRevision: 4 }, 'viewer'))).toMatchObject({
      subject: 'ACTION_FORBIDDEN',
    });
    expect(await refusal(change({ expectedRevision: 4 }, 'other lab'))).toMatchObject({
      subject: 'DATASET_NOT_FOUND',
    });
  });
});

describe('the registry', () => {
  const register = (input: Record<string, unknown>) =>
    send('editor', 'registerCellLine', { organization: idOf('Organization'), ...input }, 'cellLine { id }');
  const update = (cellLine: string, input: Record<string, unknown>, who: Who = 'editor') =>
    send(
      who,
      'updateCellLine',
      { cellLine, ...input },
      'cellLine { name accession parent { name } revision }',
    );

  it('changes a line, once for each revision', async () => {
    const { cellLine } = await register({ name: 'MCF-7', species: 'human' });
    const change = { expectedRevision: 1, accession: ' cvcl_0031 ', parent: idOf('CellLine') };
    expect(await update(cellLine.id, change)).toMatchObject({
      cellLine: { name: 'MCF-7', accession: 'CVCL_0031', parent: { name: 'A172' }, revision: 2 },
    });
    expect(await refusal(update(cellLine.id, change))).toMatchObject({ subject: 'CELL_LINE_CHANGED' });
    for (const wrong of [{ accession: 'CVCL_1' }, { colour: 'red' }, { colour: null }, { name: '' }])
      expect(await refusal(update(cellLine.id, { expectedRevision: 2, ...wrong }))).toMatchObject({
        subject: 'INPUT_INVALID',
      });
    expect(await refusal(update(cellLine.id, { expectedRevision: 2, name: 'a172' }))).toMatchObject({
      subject: 'NAME_TAKEN',
      message: 'There is a cell line with this name already.',
    });
  });

  it('refuses a circle of parents, and parents of other labs', async () => {
    const { cellLine } = await register({ name: 'HEK293' });
    const { cellLine: derived } = await register({ name: 'HEK293T', parent: cellLine.id });
    for (const parent of [derived.id, cellLine.id])
      expect(await refusal(update(cellLine.id, { expectedRevision: 1, parent }))).toMatchObject({
        subject: 'PARENT_CIRCULAR',
      });
    const foreign = globalId('CellLine', '01900000-0000-7000-8000-000000000000');
    expect(await refusal(register({ name: 'X', parent: foreign }))).toMatchObject({
      subject: 'CELL_LINE_NOT_FOUND',
    });
  });

  it('is changed by nobody who only sees a name', async () => {
    for (const who of ['borrower', 'other lab'] as const)
      expect(
        await refusal(update(idOf('CellLine'), { expectedRevision: 1, name: 'Mine' }, who)),
      ).toMatchObject({
        subject: 'CELLLINE_NOT_FOUND',
      });
    expect(
      await refusal(update(idOf('CellLine'), { expectedRevision: 1, name: 'V' }, 'viewer')),
    ).toMatchObject({
      subject: 'ACTION_FORBIDDEN',
    });
  });

  it('tells where a line is used, of what the asker may see', async () => {
    const query =
      'query($id: ID!) { node(id: $id) { ... on CellLine { usage { samples images trainingRuns } } } }';
    const id = idOf('CellLine');
    const { node } = await ask('editor', query, { id });
    expect(node.usage).toMatchObject({ samples: 3, images: 4 });
    expect((await ask('borrower', query, { id })).node.usage).toEqual({
      samples: 0,
      images: 0,
      trainingRuns: 0,
    });
  });
});

describe('a table of samples', () => {
  const counts =
    'import { applied created changed unchanged failed newLines rows { row sample outcome changes { field before after } problems { column value message cure } } }';
  const importTable = (input: Record<string, unknown>, who: Who = 'editor') =>
    send(who, 'importSamples', { dryRun: false, ...input }, counts).then((answer) => answer.import);
  const csvOf = async (dataset: string, who: Who = 'editor') =>
    (await ask(who, 'query($id: ID!) { node(id: $id) { ... on Dataset { samplesCsv } } }', { id: dataset }))
      .node.samplesCsv;

  it('shows what would change, changes it, and comes back as it was', async () => {
    const dataset = await makeDataset('Table');
    await addImages(dataset, ['=1.tif', '2.tif', '3.tif']);
    const text =
      'file,sample,well,passage,dose,lines\n\'=1.tif,Table S1,c07,3,"0,5",A172:0.7;New line:30%\n2.tif,Table S1,,,,\n3.tif,Table S2,D1,,,a172';
    const input = { dataset, text, registerLines: true };
    const dry = await importTable({ ...input, dryRun: true });
    expect(dry).toMatchObject({ applied: false, created: 2, changed: 1, failed: 0, newLines: ['New line'] });
    expect(dry.rows[0].changes).toContainEqual({
      field: 'lines',
      before: null,
      after: 'A172:0.7; New line:0.3',
    });
    expect(await csvOf(dataset)).not.toContain('Table S1');
    expect(await importTable(input)).toMatchObject({ applied: true, created: 2 });
    expect(await importTable(input)).toMatchObject({ applied: true, created: 0, changed: 0, unchanged: 3 });
    const csv = await csvOf(dataset);
    expect(csv).toContain("'=1.tif,Table S1,,C7,,3,,0.5,,,,A172:0.7; New line:0.3");
    expect(await importTable({ dataset, text: csv })).toMatchObject({ unchanged: 3, failed: 0 });
    const edited = csv.replaceAll('Table S2,,D1', 'Table S2,P9,D1');
    expect((await importTable({ dataset, text: edited })).rows).toContainEqual({
      row: expect.any(Number),
      sample: 'Table S2',
      outcome: 'CHANGED',
      problems: [],
      changes: [{ field: 'plate', before: null, after: 'P9' }],
    });
    const { node } = await ask(
      'editor',
      'query($id: ID!) { node(id: $id) { ... on Project { samplesCsv } } }',
      { id: idOf('Project') },
    );
    expect(node.samplesCsv).toContain('Table S2,P9,D1');
  });

  it('is taken as a whole or not at all, and says every mistake', async () => {
    const project = idOf('Project');
    const rows = [
      { sample: 'Whole 1', well: 'A1' },
      { sample: 'Whole 2', passage: 'many', lines: 'Nobody' },
    ];
    const answer = await importTable({ project, rows });
    expect(answer).toMatchObject({ applied: false, created: 1, failed: 1 });
    expect(answer.rows[1].problems.map(({ column }: { column: string }) => column)).toEqual([
      'passage',
      'lines',
    ]);
    expect(await served.database.sample.count({ where: { name: { startsWith: 'Whole' } } })).toBe(0);
  });

  it('takes 10,000 rows, twice at once', async () => {
    const text = `sample,well,lines\n${Array.from({ length: 10_000 }, (_, i) => `Many ${i},A1,A172`).join('\n')}`;
    const input = { project: idOf('Project'), text, dryRun: false };
    const fields = 'import { applied created unchanged }';
    const both = await Promise.all([1, 2].map(() => send('editor', 'importSamples', input, fields)));
    expect(both.map((answer) => answer.import.created).toSorted()).toEqual([0, 10_000]);
    expect(
      await served.database.sampleLine.count({ where: { sample: { name: { startsWith: 'Many ' } } } }),
    ).toBe(10_000);
  });

  it('is refused where it is no table, or somebody else’s', async () => {
    const project = idOf('Project');
    for (const [input, subject] of [
      [{ project, text: '' }, 'TABLE_EMPTY'],
      [{ project, text: 'sample,x\n1,2' }, 'COLUMN_UNKNOWN'],
      [{ project, rows: 'x' }, 'TABLE_UNREADABLE'],
      [{ project, rows: [], text: 'sample\nS' }, 'INPUT_INVALID'],
      [{ text: 'sample\nS' }, 'INPUT_INVALID'],
      [{ project, text: 'x'.repeat(2 ** 21 + 1) }, 'TABLE_TOO_LARGE'],
    ] as const)
      expect(await refusal(importTable(input))).toMatchObject({ subject });
    const table = { project, text: 'sample\nS' };
    expect(await refusal(importTable(table, 'viewer'))).toMatchObject({ subject: 'ACTION_FORBIDDEN' });
    expect(await refusal(importTable(table, 'other lab'))).toMatchObject({ subject: 'PROJECT_NOT_FOUND' });
    const lent = { dataset: idOf('Dataset'), text: 'file\nC7.tif' };
    expect(await refusal(importTable(lent, 'borrower'))).toMatchObject({ subject: 'ACTION_FORBIDDEN' });
    expect(await csvOf(idOf('Dataset'), 'borrower')).toBeNull();
    expect((await importTable({ project, text: 'sample\nNul\0' })).failed).toBe(1);
  });

  it('is made of file names by a pattern', async () => {
    const dataset = await makeDataset('Named', '{line}_{well}_{site}');
    await addImages(dataset, ['A172_C07_1.tif', 'A172_C07_2.tif', 'Unheard_D1_1.tif', 'odd.tif']);
    const apply = (input: Record<string, unknown>, who: Who = 'editor') =>
      send(who, 'applyFilenamePattern', { dataset, dryRun: false, ...input }, counts).then(
        (answer) => answer.import,
      );
    const refused = await apply({});
    expect(refused).toMatchObject({ applied: false, failed: 2 });
    // As people sort them: “odd” comes before “Unheard”.
    const [problem] = refused.rows.flatMap((row: { problems: { message: string }[] }) => row.problems);
    expect(problem.message).toContain('"odd.tif" does not fit: after "odd" the name ends');
    // What could not be read keeps nobody up.
    const odd = { datasetId: rowId(dataset), name: 'odd.tif' };
    await served.database.image.updateMany({ where: odd, data: { status: 'FAILED' } });
    expect(await apply({ registerLines: true })).toMatchObject({
      applied: true,
      created: 2,
      newLines: ['Unheard'],
    });
    expect(await csvOf(dataset)).toContain('A172_C07_2.tif,Named C7,,C7,,,,,,,,A172');
    expect(await apply({})).toMatchObject({ rows: [] });
    expect(await refusal(apply({ pattern: '{nonsense}' }))).toMatchObject({ subject: 'INPUT_INVALID' });
    expect(await refusal(apply({}, 'viewer'))).toMatchObject({ subject: 'ACTION_FORBIDDEN' });
  });
});

describe('uploads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cm-uploads-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const usedBytes = async () =>
    (await served.database.organization.findUniqueOrThrow({ where: { id: served.world.organizationId } }))
      .usedBytes;
  const openUploads = async (dataset: string, who: Who = 'editor') =>
    (
      await ask(
        who,
        'query($id: ID!) { node(id: $id) { ... on Dataset { uploads { uploadId fileName sizeBytes parts { size count } partsThere { part sizeBytes } } } } }',
        { id: dataset },
      )
    ).node.uploads;
  const create = async (dataset: string, files: readonly Record<string, unknown>[], who: Who = 'editor') =>
    (await send(who, 'createUploads', { dataset, files }, 'tickets { uploadId url parts { size count } }'))
      .tickets;

  it('are reserved once for an idempotency key, and wait longer where the first answer was lost', async () => {
    const { database, world } = served;
    const dataset = await makeDataset('Once');
    const files = [
      { name: 'a.tif', sizeBytes: 1000 },
      { name: 'b.tif', sizeBytes: 100 * 1024 ** 2 },
    ];
    const used = async () =>
      (await database.organization.findUniqueOrThrow({ where: { id: world.organizationId } })).usedBytes;
    const ask = (input: object) =>
      send(
        'editor',
        'createUploads',
        { dataset, idempotencyKey: 'once', ...input },
        'tickets { uploadId url expiresAt }',
      );
    const before = await used();
    const [first, second] = await Promise.all([ask({ files }), ask({ files })]);
    const ids = first.tickets.map((ticket: { uploadId: string }) => ticket.uploadId);
    expect(second.tickets.map((ticket: { uploadId: string }) => ticket.uploadId)).toEqual(ids);
    expect(await used()).toBe(before + BigInt(files[0]!.sizeBytes + files[1]!.sizeBytes));
    await expect(ask({ files: files.slice(1) })).rejects.toMatchObject({ subject: 'IDEMPOTENCY_KEY_REUSED' });
    await database.upload.updateMany({ where: { id: { in: ids } }, data: { expiresAt: new Date(0) } });
    const third = await ask({ files });
    expect(third.tickets.map((ticket: { uploadId: string }) => ticket.uploadId)).toEqual(ids);
    const rows = await database.upload.findMany({ where: { id: { in: ids } } });
    for (const row of rows) expect(row.expiresAt.toISOString()).toBe(third.tickets[0].expiresAt);
    await send('editor', 'abortUploads', { dataset, uploadIds: ids.slice(1) }, 'items { uploadId }');
    await expect(ask({ files })).rejects.toMatchObject({ subject: 'UPLOAD_ENDED' });
    expect(await used()).toBe(before + BigInt(files[0]!.sizeBytes));
  });

  it('fill samples by the name, and tell the same bytes', async () => {
    const dataset = await makeDataset('Uploaded', '{line}_{well}');
    const paths = [file('A172_C7.tif', 'one'), file('A172_C8.tif', 'two'), file('copy.tif', 'one')];
    const done = await uploadFiles(as('editor'), dataset, paths);
    expect(done.map(({ problem }) => problem)).toEqual([null, null, null]);
    expect(done[0]?.warning).toBeNull();
    expect(done[2]?.warning).toContain('"copy.tif" holds the same bytes as "A172_C7.tif" in "Uploaded"');
    expect(done[2]?.warning).toContain('"copy.tif" does not fit: after "copy" the name ends');
    const { images } = await ask(
      'editor',
      'query($dataset: ID) { images(first: 5, dataset: $dataset, filter: { label: PURE }) { edges { node { name sample { name well } } } } }',
      { dataset },
    );
    expect(images.edges.map((edge: { node: unknown }) => edge.node)).toContainEqual({
      name: 'A172_C7.tif',
      sample: { name: 'Uploaded C7', well: 'C7' },
    });
  });

  it('are found from one to the next, wherever the first was come upon', async () => {
    const dataset = await makeDataset('One after the other');
    await uploadFiles(
      as('editor'),
      dataset,
      [1, 2, 3, 4].map((i) => file(`${i}.tif`, `${i}`)),
    );
    const list =
      'query($dataset: ID!) { images(dataset: $dataset, first: 4) { edges { node { id cursor } } } }';
    const { images } = await ask('editor', list, { dataset });
    const edges: { node: { id: string; cursor: string } }[] = images.edges;
    const around = `query($dataset: ID!, $at: String!) {
      newer: images(dataset: $dataset, last: 1, before: $at) { edges { node { id } } }
      older: images(dataset: $dataset, first: 1, after: $at) { edges { node { id } } }
    }`;
    const beside = async (place: number) => {
      const { newer, older } = await ask('editor', around, { dataset, at: edges[place]?.node.cursor });
      return [newer.edges[0]?.node.id, older.edges[0]?.node.id];
    };
    const ids = edges.map(({ node }) => node.id);
    expect(await beside(1)).toEqual([ids[0], ids[2]]);
    expect(await beside(0)).toEqual([undefined, ids[1]]);
    expect(await beside(3)).toEqual([ids[2], undefined]);
  });

  it('of large files go on where they broke off', async () => {
    const dataset = await makeDataset('Large');
    const bytes = new Uint8Array(64 * 1024 ** 2 + 100).fill(7);
    const path = file('large.tif', bytes);
    const breaking = {
      request: as('editor').request.bind(as('editor')),
      signal: AbortSignal.abort(new Error('the line broke')),
    } as unknown as ApiClient;
    await expect(sendFiles(breaking, dataset, [path])).rejects.toThrow('the line broke');
    const [begun] = await openUploads(dataset);
    expect(begun).toMatchObject({ fileName: 'large.tif', parts: { count: 5 }, partsThere: [] });
    // The last part alone, as if the rest had been lost.
    const part = { part: 5, md5: null };
    const tickets = await send(
      'editor',
      'createPartTickets',
      { dataset, uploadId: begun.uploadId, parts: [part] },
      'tickets { url sizeBytes }',
    );
    const [{ url, sizeBytes }] = tickets.tickets;
    expect(sizeBytes).toBe(100);
    expect((await fetch(url, { method: 'PUT', body: bytes.subarray(0, 101) })).status).toBe(403);
    expect((await fetch(url, { method: 'PUT', body: bytes.subarray(0, 100) })).status).toBe(200);
    const early = await send(
      'editor',
      'completeUploads',
      { dataset, uploadIds: [begun.uploadId] },
      'items { problem }',
    );
    expect(early.items[0].problem).toContain('4 of 5 parts have not come, part 1 first');
    expect((await openUploads(dataset))[0].partsThere).toEqual([{ part: 5, sizeBytes: 100 }]);
    const seen: number[] = [];
    const [done] = await uploadFiles(as('editor'), dataset, [path], { onBytes: (sent) => seen.push(sent) });
    expect(done).toMatchObject({ problem: null, imageId: expect.any(String) });
    expect(seen.at(-1)).toBe(bytes.length);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(await openUploads(dataset)).toEqual([]);
    const images = await served.database.image.findMany({ where: { datasetId: rowId(dataset) } });
    expect(images).toHaveLength(1);
    expect(await served.storage.head(images[0]?.originalKey as never)).toMatchObject({ size: bytes.length });
    const twice = await send(
      'editor',
      'completeUploads',
      { dataset, uploadIds: [begun.uploadId] },
      'items { image { id } problem }',
    );
    expect(twice.items).toEqual([{ image: { id: done?.imageId }, problem: null }]);
  });

  it('are given up once, with their room, and never after they are complete', async () => {
    const dataset = await makeDataset('Given up');
    const before = await usedBytes();
    const files = [
      { name: 'small.tif', sizeBytes: 1000 },
      { name: 'large.tif', sizeBytes: 3 * 1024 ** 3 },
    ];
    const [small, large] = await create(dataset, files);
    expect(small).toMatchObject({ url: expect.any(String), parts: null });
    expect(large).toMatchObject({ url: null, parts: { size: 16 * 1024 ** 2, count: 192 } });
    await send(
      'editor',
      'createPartTickets',
      { dataset, uploadId: large.uploadId, parts: [{ part: 192 }] },
      'tickets { part }',
    );
    expect(await usedBytes()).toBe(before + 1000n + 3n * 1024n ** 3n);
    const uploadIds = [small.uploadId, large.uploadId, '01900000-0000-7000-8000-000000000000'];
    const abort = () =>
      send('editor', 'abortUploads', { dataset, uploadIds }, 'items { problem }').then(({ items }) => items);
    for (const items of await Promise.all([abort(), abort()]))
      expect(items).toEqual([
        { problem: null },
        { problem: null },
        { problem: 'There is no such upload in this dataset.' },
      ]);
    expect(await usedBytes()).toBe(before);
    expect(await openUploads(dataset)).toEqual([]);
    const [done] = await uploadFiles(as('editor'), dataset, [file('done.tif', 'done')]);
    const row = await served.database.image.findUniqueOrThrow({ where: { id: rowId(done?.imageId ?? '') } });
    const late = await send(
      'editor',
      'abortUploads',
      { dataset, uploadIds: [row.uploadId] },
      'items { problem }',
    );
    expect(late.items[0].problem).toContain('complete already');
    expect(await usedBytes()).toBe(before + 4n);
  });

  it('are refused where they cannot be, and are nobody else’s business', async () => {
    const dataset = await makeDataset('Refused');
    const one = { name: 'a.tif', sizeBytes: 10 };
    for (const files of [
      [],
      [{ ...one, sizeBytes: 0 }],
      [{ ...one, sizeBytes: 1.5 }],
      [{ ...one, sizeBytes: 64 * 1024 ** 3 + 1 }],
      [{ ...one, name: '../a.tif' }],
      [{ ...one, name: 'a'.repeat(256) }],
      [{ ...one, sha256: 'x' }],
      Array.from({ length: 1001 }, () => one),
    ])
      expect(await refusal(create(dataset, files))).toMatchObject({ subject: 'INPUT_INVALID' });
    const much = { ...one, sizeBytes: 64 * 1024 ** 3 };
    expect(await refusal(create(dataset, [much, much]))).toMatchObject({ subject: 'STORAGE_FULL' });
    const [{ uploadId }] = await create(dataset, [one]);
    const tickets = (input: Record<string, unknown>, who: Who = 'editor') =>
      send(
        who,
        'createPartTickets',
        { dataset, uploadId, parts: [{ part: 1 }], ...input },
        'tickets { url }',
      );
    expect(await refusal(tickets({}))).toMatchObject({ subject: 'PART_UNKNOWN' });
    expect(await refusal(tickets({ uploadId: 'x' }))).toMatchObject({ subject: 'INPUT_INVALID' });
    const other = await makeDataset('Other one');
    expect(await refusal(tickets({ dataset: other }))).toMatchObject({ subject: 'UPLOAD_NOT_FOUND' });
    expect(await openUploads(dataset, 'viewer')).toEqual([]);
    for (const [who, subject] of [
      ['viewer', 'ACTION_FORBIDDEN'],
      ['other lab', 'DATASET_NOT_FOUND'],
    ] as const) {
      expect(await refusal(tickets({}, who))).toMatchObject({ subject });
      const abort = send(who, 'abortUploads', { dataset, uploadIds: [uploadId] }, 'items { problem }');
      expect(await refusal(abort)).toMatchObject({ subject });
    }
  });
});
