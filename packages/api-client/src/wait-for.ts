import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';

export interface WaitOptions {
  /** Milliseconds between two looks, where the server cannot tell by itself; 500 by default. */
  readonly every?: number;
  /** Told what was seen, each time. */
  readonly onLook?: (seen: Readonly<Record<string, unknown>>) => void;
}

/** What a run, a picture or a job is while it has not ended. */
const UNDER_WAY = new Set(['QUEUED', 'RUNNING', 'CANCELLING', 'INGESTING']);

/** The types whose changes the server tells, and the argument that names one. */
const told: Readonly<Record<string, string>> = {
  Job: 'job',
  TrainingRun: 'trainingRun',
  SegmentationRun: 'segmentationRun',
};

/**
 * Waits until a run, a picture or a job has ended, well or not: by subscription, else by asking again and again.
 *
 * @param fields what is wanted of it, as GraphQL writes it; `status` is one of them
 * @returns its fields as they are then
 */
export async function waitFor<Shape extends z.ZodType>(
  client: ApiClient,
  type: string,
  id: string,
  fields: string,
  shape: Shape,
  { every = 500, onLook }: WaitOptions = {},
): Promise<z.output<Shape>> {
  for await (const seen of looks(client, type, id, fields, every)) {
    onLook?.(seen);
    if (!UNDER_WAY.has(seen.status)) return shape.parse(seen);
  }
  throw new CellMixerError('CANCELLED', `nobody waits for ${type} ${id} any more`);
}

const seenShape = z.looseObject({ status: z.string() });
type Seen = z.output<typeof seenShape>;

async function* looks(
  client: ApiClient,
  type: string,
  id: string,
  fields: string,
  every: number,
): AsyncGenerator<Seen> {
  const argument = told[type];
  if (argument !== undefined) {
    const query = `subscription($id: ID!) { seen: ${argument}Updated(${argument}: $id) { ${fields} } }`;
    try {
      const events = client.subscribe(query, { id }, z.object({ seen: seenShape }));
      for await (const { seen } of events) yield seen;
    } catch (error) {
      // What is wrong with the question itself is said again below; the rest is a connection that is not to be had.
      if (!(error instanceof CellMixerError) || error.code === 'CANCELLED') throw error;
    }
  }
  const query = `query($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`;
  for (;;) {
    const { node } = await client.request(query, { id }, z.object({ node: seenShape }));
    yield node;
    await client.pause(every);
  }
}
