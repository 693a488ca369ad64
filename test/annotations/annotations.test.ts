import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lab, mutate, sendFiles, uploadFiles } from '@cellmixer/api-client';
import { readEnvironment } from '@cellmixer/environment';
import { encodePng, readClassMap } from '@cellmixer/imaging';
import { type LocalServer, startLocalServer } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const MINUTE = 60_000;
const account = { name: 'A. Tester', email: 'tester@lab.example', password: 'correct horse 9' };
const [width, height] = [64, 48];

describe('truth for images', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cm-annotations-'));
  const variables = { ...process.env, DATA_DIR: join(folder, 'server') };
  let server: LocalServer;
  let lab: Lab;
  let dataset: string;
  let line: string;
  let image: string;

  const png = async (name: string, size: readonly [number, number], value: (i: number) => number) => {
    const data = Uint8Array.from({ length: size[0] * size[1] }, (_, i) => value(i));
    const path = join(folder, name);
    writeFileSync(path, await encodePng({ width: size[0], height: size[1], channels: 1, data }));
    return path;
  };
  const sendMaps = async (paths: readonly string[], change: Record<string, unknown> = {}) => {
    const sent = await sendFiles(lab.client, dataset, paths, { purpose: 'ANNOTATION' });
    const annotations = sent.map(({ uploadId }) => ({
      uploadId,
      kind: 'CLASS_MAP',
      classes: [{ value: 1, cellLine: line }],
      ...change,
    }));
    const answer = await mutate(
      lab.client,
      'uploadAnnotations',
      { dataset, annotations },
      'items { uploadId image { id } problem }',
      z.object({
        items: z.array(
          z.object({
            uploadId: z.string(),
            image: z.object({ id: z.string() }).nullable(),
            problem: z.string().nullable(),
          }),
        ),
      }),
    );
    return { items: answer.items, annotations };
  };
  const uploadOf = async (uploadId: string) => {
    const query = `query($id: ID!, $ids: [ID!]) { node(id: $id) { ... on Dataset {
      uploads(uploadIds: $ids) { status errorMessage errorCure } } } }`;
    const { node } = await lab.client.request(query, { id: dataset, ids: [uploadId] }, z.any());
    return node.uploads[0];
  };
  const annotationsOf = async () => {
    const fields =
      'annotations(first: 10) { edges { node { id revision kind url classes { value cellLine { name } } } } }';
    const { annotations } = await lab.look('Image', image, fields, z.any());
    return annotations.edges.map((edge: { node: unknown }) => edge.node);
  };

  beforeAll(async () => {
    server = await startLocalServer({
      environment: readEnvironment(variables),
      variables,
      root: resolve(import.meta.dirname, '../..'),
      say: () => {},
    });
    lab = await Lab.found(server.firstAccountUrl ?? '', account, 'Lab A');
    const project = await lab.make(
      'createProject',
      { organization: lab.organization, name: 'Truth' },
      'project',
    );
    line = await lab.make('registerCellLine', { organization: lab.organization, name: 'A172' }, 'cellLine');
    dataset = await lab.make(
      'createDataset',
      { project, name: 'Mixtures', modality: 'PHASE_CONTRAST' },
      'dataset',
    );
    const paths = [
      await png('C7_1.png', [width, height], (i) => i % 200),
      await png('C7_2.png', [width, height], (i) => (i * 7) % 200),
    ];
    const [first] = await uploadFiles(lab.client, dataset, paths);
    image = first?.imageId ?? '';
    for (const { imageId } of await imagesOf()) {
      expect(await lab.ended('Image', imageId, 'status', z.any())).toEqual({ status: 'READY' });
    }
  }, 5 * MINUTE);

  const imagesOf = async () => {
    const { node } = await lab.client.request(
      'query($id: ID!) { node(id: $id) { ... on Dataset { images(first: 10) { edges { node { id } } } } } }',
      { id: dataset },
      z.any(),
    );
    return node.images.edges.map((edge: { node: { id: string } }) => ({ imageId: edge.node.id })) as {
      imageId: string;
    }[];
  };

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTE);

  it('is found by the file’s name, checked, kept as it is, and taken once', async () => {
    const values = (i: number) => (i % 5 === 0 ? 1 : i % 7 === 0 ? 255 : 0);
    const path = await png('C7_1_mask.png', [width, height], values);
    const { items, annotations } = await sendMaps([path]);
    expect(items).toMatchObject([{ image: { id: image }, problem: null }]);
    await expect.poll(annotationsOf, { timeout: 2 * MINUTE }).toHaveLength(1);
    const [kept] = await annotationsOf();
    expect(kept).toMatchObject({
      revision: 1,
      kind: 'CLASS_MAP',
      classes: [{ value: 1, cellLine: { name: 'A172' } }],
    });
    const bytes = new Uint8Array(await (await fetch(kept.url)).arrayBuffer());
    expect((await readClassMap(bytes)).data).toEqual(
      Uint8Array.from({ length: width * height }, (_, i) => values(i)),
    );
    const again = await mutate(
      lab.client,
      'uploadAnnotations',
      { dataset, annotations },
      'items { problem }',
      z.any(),
    );
    expect(again.items).toEqual([{ problem: null }]);
    expect(await annotationsOf()).toHaveLength(1);
  });

  it('is refused with file, value and cure where it cannot be the truth', async () => {
    const wrong = [
      await png('C7_1_truth.png', [height, width], () => 1),
      await png('C7_1_labels.png', [width, height], (i) => (i === 70 ? 9 : 1)),
      await png('C7_1_gt.png', [width, height], () => 0),
    ];
    writeFileSync(join(folder, 'C7_1.tif'), 'no picture');
    const { items } = await sendMaps([...wrong, join(folder, 'C7_1.tif')]);
    const ends = [
      '"C7_1_truth.png" is 48 × 64, its image "C7_1.png" is 64 × 48',
      '"C7_1_labels.png" has the value 9 at x 6, y 1',
      '"C7_1_gt.png" shows background alone',
      'C7_1.tif',
    ];
    for (const [i, { uploadId, problem }] of items.entries()) {
      expect(problem).toBeNull();
      await expect
        .poll(() => uploadOf(uploadId), { timeout: 2 * MINUTE })
        .toMatchObject({ status: 'FAILED', errorMessage: expect.stringContaining(ends[i] ?? '') });
      expect((await uploadOf(uploadId)).errorCure).toBeTruthy();
    }
    expect(await annotationsOf()).toHaveLength(1);
  });

  it('is refused before it is checked where image, line or upload are wrong', async () => {
    const nobody = await png('D9_mask.png', [width, height], () => 1);
    expect((await sendMaps([nobody])).items[0]?.problem).toContain(
      'No image of this dataset is named like "D9_mask.png"',
    );
    const good = await png('C7_2_classes.png', [width, height], () => 1);
    const foreign = Buffer.from('CellLine:01900000-0000-7000-8000-000000000000').toString('base64');
    const { items } = await sendMaps([good], { classes: [{ value: 1, cellLine: foreign }] });
    expect(items[0]?.problem).toContain('the line of value 1 is not in this lab’s registry');
    for (const classes of [
      [],
      [{ value: 255, cellLine: line }],
      [1, 1].map((value) => ({ value, cellLine: line })),
    ])
      await expect(sendMaps([good], { classes })).rejects.toMatchObject({ subject: 'INPUT_INVALID' });
    const other = await mutate(
      lab.client,
      'uploadAnnotations',
      {
        dataset,
        annotations: [
          { uploadId: '01900000-0000-7000-8000-000000000000', kind: 'INSTANCE_MAP', classes: [] },
        ],
      },
      'items { problem }',
      z.any(),
    );
    expect(other.items[0].problem).toContain('No map was sent with this upload');
    const asImage = await mutate(
      lab.client,
      'completeUploads',
      { dataset, uploadIds: [items[0]?.uploadId] },
      'items { image { id } problem }',
      z.any(),
    );
    expect(asImage.items[0]).toMatchObject({
      image: null,
      problem: expect.stringContaining('no such upload'),
    });
  });

  it('has revisions, of objects too, and is hidden while it is in the trash', async () => {
    const path = await png('objects.png', [width, height], (i) => (i < 100 ? 3 : i > 2000 ? 7 : 0));
    const change = { image, kind: 'INSTANCE_MAP', classes: [{ value: 7, cellLine: line }] };
    const { items } = await sendMaps([path], change);
    expect(items[0]?.problem).toBeNull();
    await expect.poll(annotationsOf, { timeout: 2 * MINUTE }).toHaveLength(2);
    const [newest] = await annotationsOf();
    expect(newest).toMatchObject({ revision: 2, kind: 'INSTANCE_MAP' });
    const outcome = async (name: 'deleteNodes' | 'restoreNodes') =>
      (await mutate(lab.client, name, { ids: [newest.id] }, 'items { problem }', z.any())).items[0];
    expect(await outcome('deleteNodes')).toEqual({ problem: null });
    expect(await annotationsOf()).toMatchObject([{ revision: 1 }]);
    expect(await outcome('restoreNodes')).toEqual({ problem: null });
    expect(await annotationsOf()).toMatchObject([{ revision: 2 }, { revision: 1 }]);
  });
});
