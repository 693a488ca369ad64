import type { ServedWorld } from '@cellmixer/api/testing';
import { median, medianInterval, printTable } from '../report.ts';
import { type LoopRate, repeatFor, sumDone } from '../serving/closed-loop.ts';
import type { FilledDataset } from './fill-images.ts';
import { openOurs, openPostGraphile } from './open-peer.ts';

const ours = `query($dataset: ID!) { node(id: $dataset) { ... on Dataset { images(first: 100) { edges { node {
  id name status sample { name plate well lines { fraction cellLine { name colour } } }
  segmentations(first: 1) { edges { node { status cellCount warnings } } } } } } } } }`;

const theirs = `query($dataset: UUID!) { allImages(condition: { datasetId: $dataset }, orderBy: CREATED_AT_DESC, first: 100) {
  nodes { id name status sampleBySampleId { name plate well sampleLinesBySampleId { nodes { fraction
  cellLineByCellLineId { name colour } } } }
  segmentationsByImageId(first: 1, orderBy: CREATED_AT_DESC) { nodes { status cellCount warnings } } } } }`;

export interface PeerOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly clients: number;
}

/** Requests a second of a list of 100 images with sample, lines and latest segmentation, against PostGraphile's. */
export async function againstPeer(served: ServedWorld, dataset: FilledDataset, options: PeerOptions) {
  const { rounds, seconds, clients } = options;
  await using own = await openOurs(served.databaseUrl, dataset.userId);
  await using peer = await openPostGraphile(served.databaseUrl);
  const sides = [
    { name: 'cellmixer', url: own.url, body: { query: ours, variables: { dataset: dataset.globalId } } },
    { name: 'postgraphile', url: peer.url, body: { query: theirs, variables: { dataset: dataset.id } } },
  ];
  for (const { name, url, body } of sides) {
    const names = (await ask(url, body)).match(/"field \d+\.tif"/g) ?? [];
    if (new Set(names).size !== 100) throw new Error(`${name} answers with ${names.length} images`);
  }
  const rates = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    sides.reverse();
    for (const { name, url, body } of sides) {
      const loops = await Promise.all(
        Array.from({ length: clients }, () => repeatFor(1000 * seconds, () => ask(url, body))),
      );
      if (round >= 0) rates.get(name)?.push(perSecond(loops));
    }
  }
  const [mine = [], others = []] = [rates.get('cellmixer'), rates.get('postgraphile')];
  const ratios = mine.map((rate, i) => rate / (others[i] ?? Number.NaN));
  const [low, high] = medianInterval(ratios);
  printTable(`100 images with sample, lines and latest segmentation, ${clients} clients, ${rounds} rounds`, [
    {
      'cellmixer /s': median(mine),
      'postgraphile /s': median(others),
      ratio: median(ratios),
      interval: `${low.toFixed(2)}–${high.toFixed(2)}`,
    },
  ]);
  return { 'api.peer': median(ratios) };
}

function perSecond(loops: readonly LoopRate[]): number {
  return (1000 * sumDone(loops)) / Math.max(...loops.map(({ ms }) => ms));
}

async function ask(url: string, body: unknown): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"'))
    throw new Error(`${url}: ${response.status} ${text.slice(0, 500)}`);
  return text;
}
