import type { ServedWorld } from '@cellmixer/api/testing';
import { z } from 'zod';
import { median, medianInterval, printTable } from '../report.ts';
import type { FilledDataset } from './fill-images.ts';

const PAGE = 100;
const query = `query($id: ID!, $after: String) { node(id: $id) { ... on Dataset {
  images(first: ${PAGE}, after: $after) { edges { node { id name } } pageInfo { endCursor } } } } }`;
const shape = z.object({
  node: z.object({
    images: z.object({
      edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
      pageInfo: z.object({ endCursor: z.string().nullable() }),
    }),
  }),
});

/** The last page of a dataset's images against the first, in turn; and the last once more without its cursor's row. */
export async function deepPage(
  served: ServedWorld,
  { globalId }: FilledDataset,
  pages: number,
  rounds: number,
) {
  const client = await served.clientOf('owner');
  const read = async (after: string | null) =>
    (await client.request(query, { id: globalId, after }, shape)).node.images;
  let cursor: string | null = null;
  let before = '';
  for (let page = 1; page < pages; page++) {
    const { edges, pageInfo }: z.output<typeof shape>['node']['images'] = await read(cursor);
    cursor = pageInfo.endCursor;
    before = edges.at(-1)?.node.id ?? '';
  }
  const times = { first: [] as number[], deep: [] as number[] };
  const timed = async (after: string | null) => {
    const start = performance.now();
    await read(after);
    return performance.now() - start;
  };
  for (let round = -3; round < rounds; round++) {
    const [first, deep] = [await timed(null), await timed(cursor)];
    if (round < 0) continue;
    times.first.push(first);
    times.deep.push(deep);
  }
  const ids = async () => (await read(cursor)).edges.map(({ node }) => node.id);
  const kept = await ids();
  const row = Buffer.from(before, 'base64').toString().split(':')[1] ?? '';
  await served.database.segmentation.deleteMany({ where: { imageId: row } });
  await served.database.image.delete({ where: { id: row } });
  const after = await ids();
  const lost = kept.filter((id) => !after.includes(id)).length;
  const ratios = times.deep.map((ms, i) => ms / (times.first[i] ?? Number.NaN));
  const [low, high] = medianInterval(ratios);
  printTable(`Page ${pages} of ${pages * PAGE} images against page 1, ${rounds} rounds`, [
    {
      'first ms': median(times.first),
      'deep ms': median(times.deep),
      ratio: median(ratios),
      interval: `${low.toFixed(2)}–${high.toFixed(2)}`,
      'images on it': kept.length,
      'lost without the cursor’s row': lost,
    },
  ]);
  return { 'api.deepPage': median(ratios), 'api.deepPage.lost': lost };
}
