import type { Statement, StatementWatch } from '@cellmixer/database/testing';
import { schema } from '../schema.ts';
import { type ListRequest, listRequests } from './list-requests.ts';
import { multiplyWorld } from './multiply-world.ts';
import type { ServedWorld } from './served-world.ts';

/** What one request for a list cost. */
export interface ListCost {
  readonly name: string;
  /** Statements for a list of many nodes, sign-in included. */
  readonly statements: readonly Statement[];
  /** Those of them that are the list's own: not who asks and what this person may. */
  readonly own: readonly Statement[];
  /** How many of them a list of one node needs less, those not counted that the one node alone has no need of. */
  readonly growth: number;
  /** Nodes in the answer, those below the list included. */
  readonly nodes: number;
}

/**
 * Asks for every list of the schema whose name holds the text `only`, with 1 and with `count` nodes, as the lab's owner,
 * signed in.
 */
export async function* measureLists(
  served: ServedWorld,
  watch: StatementWatch,
  count: number,
  only = '',
): AsyncGenerator<ListCost> {
  const { database, world, url } = served;
  await multiplyWorld(database, world, count);
  // Without the copy of the session that a browser keeps for a minute: the session is read each time.
  const cookies = (await served.signIn('owner')).split('; ');
  const cookie = cookies.filter((one) => !one.includes('session_data')).join('; ');
  const ask = (query: string) => answerOf(url, cookie, query);
  await ask('{ viewer { kind } }');
  watch.take();
  await ask('{ viewer { kind } }');
  const signIn = new Set(watch.take().map(({ text }) => text));
  for (const request of listRequests(schema, world, await readMany(served, count))) {
    if (!request.name.includes(only)) continue;
    const one = await run(request, 1);
    const many = await run(request, count);
    yield {
      name: request.name,
      statements: many.statements,
      own: many.statements.filter(({ text }) => !signIn.has(text)),
      growth: many.statements.length - Math.max(one.statements.length, kindsOf(many.statements)),
      nodes: many.nodes,
    };
  }

  async function run(request: ListRequest, size: number) {
    watch.take();
    const answer = await ask(request.query(size));
    return { statements: watch.take(), nodes: countNodes(answer) };
  }
}

async function answerOf(url: string, cookie: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: readonly { message: string }[];
  };
  if (errors !== undefined) throw new Error(`${errors[0]?.message}: ${query}`);
  return data;
}

/** As many things of each type that has lists, those that hang from each other. */
async function readMany({ database, world }: ServedWorld, count: number): Promise<Map<string, string[]>> {
  const many = new Map<string, string[]>();
  for (const type of world.rows.keys()) {
    // The others are nobody's.
    if (type === 'Organization') continue;
    const rows = await database.$queryRawUnsafe<{ id: string }[]>(
      `SELECT id::text FROM "${type}" ORDER BY "createdAt" DESC LIMIT ${count}`,
    );
    many.set(
      type,
      rows.map((row) => row.id),
    );
  }
  return many;
}

/** How many different statements there are, whatever their values and however many of them. */
function kindsOf(statements: readonly Statement[]): number {
  return new Set(statements.map(({ text }) => text.replaceAll(/\$\d+(,\s*\$\d+)*/g, '$'))).size;
}

/** Objects of the answer that are rows: those that have an id. */
function countNodes(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countNodes(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'id' in value ? 1 : 0;
  return Object.values(value).reduce((sum: number, item) => sum + countNodes(item), own);
}
