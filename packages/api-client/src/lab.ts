import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import { mutateOnce } from './mutate-once.ts';
import { type WaitOptions, waitFor } from './wait-for.ts';

export interface Account {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const PAGE = 100;

const nodesShape = z.object({ nodes: z.array(z.unknown()) });
const page = z.object({
  edges: z.array(z.object({ node: z.unknown() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

/** A person at work in a lab: makes things, looks at them, lists them, waits for them. */
export class Lab {
  readonly client: ApiClient;
  /** The lab's id. */
  readonly organization: string;

  private constructor(client: ApiClient, organization: string) {
    this.client = client;
    this.organization = organization;
  }

  /**
   * Makes a new server's first account, its person and lab, and signs in.
   *
   * @param firstAccountUrl what the server printed at its start; good for one account
   * @throws API_REFUSED where the token is used up
   */
  static async found(
    firstAccountUrl: string,
    account: Account,
    organization: string,
    signal?: AbortSignal,
  ): Promise<Lab> {
    const { origin, searchParams } = new URL(firstAccountUrl);
    const response = await fetch(`${origin}/api/auth/first-account`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...account, token: searchParams.get('token'), organization }),
    });
    if (response.status !== 201) {
      throw new CellMixerError('API_REFUSED', `the first account was not made: ${await response.text()}`, {
        cure: 'Take the address that the server prints at its start, while it has no account.',
      });
    }
    return Lab.signIn(origin, account, signal);
  }

  /**
   * Signs in; the lab is the person's first.
   *
   * @throws NOT_AUTHENTICATED where address or password are wrong
   */
  static async signIn(
    url: string,
    { email, password }: Pick<Account, 'email' | 'password'>,
    signal?: AbortSignal,
  ): Promise<Lab> {
    const client = new ApiClient({ url, ...(signal && { signal }) });
    await client.signIn(email, password);
    const shape = z.object({
      viewer: z.object({ organizations: z.array(z.object({ id: z.string() })).min(1) }),
    });
    const { viewer } = await client.request('{ viewer { organizations { id } } }', {}, shape);
    return new Lab(client, viewer.organizations[0]?.id ?? '');
  }

  /** Sends a mutation that takes an idempotency key and whose payload has the new thing in `field`. @returns its id */
  async make(mutation: string, input: Readonly<Record<string, unknown>>, field: string): Promise<string> {
    const shape = z.looseObject({ [field]: z.object({ id: z.string() }) });
    const made = await mutateOnce(this.client, mutation, input, `${field} { id }`, shape);
    return (made[field] as { id: string }).id;
  }

  /** Asks for fields of a thing. */
  async look<Shape extends z.ZodType>(
    type: string,
    id: string,
    fields: string,
    shape: Shape,
  ): Promise<z.output<Shape>> {
    const [seen] = await this.lookAt(type, [id], fields, shape);
    return seen as z.output<Shape>;
  }

  /** Asks for fields of things of one type, up to 100. */
  async lookAt<Shape extends z.ZodType>(
    type: string,
    ids: readonly string[],
    fields: string,
    shape: Shape,
  ): Promise<z.output<Shape>[]> {
    const query = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${fields} } } }`;
    const { nodes } = await this.client.request(query, { ids }, nodesShape);
    return nodes.map((node) => shape.parse(node));
  }

  /** All things of a list that hangs below a thing, page by page: `list('Project', id, 'datasets', …)`. */
  async list<Shape extends z.ZodType>(
    type: string,
    id: string,
    list: string,
    fields: string,
    shape: Shape,
  ): Promise<z.output<Shape>[]> {
    const all: z.output<Shape>[] = [];
    const connection = `${list}(first: ${PAGE}, after: $after) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } }`;
    const query = `query($id: ID!, $after: String) { node(id: $id) { ... on ${type} { ${connection} } } }`;
    for (let after: string | null = null; ; ) {
      const { node } = await this.client.request(
        query,
        { id, after },
        z.object({ node: z.object({ [list]: page }) }),
      );
      const { edges, pageInfo } = page.parse(node[list]);
      all.push(...edges.map((edge) => shape.parse(edge.node)));
      if (!pageInfo.hasNextPage) return all;
      after = pageInfo.endCursor;
    }
  }

  /** Waits until a run, a picture or a job has ended, well or not, and gives its fields; `status` is one of them. */
  async ended<Shape extends z.ZodType>(
    type: string,
    id: string,
    fields: string,
    shape: Shape,
    options?: WaitOptions,
  ): Promise<z.output<Shape>> {
    return waitFor(this.client, type, id, fields, shape, options);
  }

  /** Waits some milliseconds, unless the client's signal gives up. */
  pause(milliseconds: number): Promise<void> {
    return this.client.pause(milliseconds);
  }
}
