import { ApiClient, mutate, uploadFiles } from '@cellmixer/api-client';
import { z } from 'zod';

const account = { name: 'A. Tester', email: 'tester@lab.example', password: 'correct horse 9' };
const idOf = (field: string) => z.looseObject({ [field]: z.object({ id: z.string() }) });
const running = ['QUEUED', 'RUNNING', 'CANCELLING', 'INGESTING'];

/** What a person of a lab does, over GraphQL alone. */
export class Lab {
  readonly client: ApiClient;
  readonly organization: string;

  private constructor(client: ApiClient, organization: string) {
    this.client = client;
    this.organization = organization;
  }

  /** Makes the server's first account and signs in. */
  static async found(firstAccountUrl: string): Promise<Lab> {
    const { origin, searchParams } = new URL(firstAccountUrl);
    const response = await fetch(`${origin}/api/auth/first-account`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...account, token: searchParams.get('token'), organization: 'Lab A' }),
    });
    if (response.status !== 201) throw new Error(await response.text());
    const client = new ApiClient({ url: origin });
    await client.signIn(account.email, account.password);
    const shape = z.object({
      viewer: z.object({ organizations: z.array(z.object({ id: z.string() })).min(1) }),
    });
    const { viewer } = await client.request('{ viewer { organizations { id } } }', {}, shape);
    return new Lab(client, viewer.organizations[0]?.id ?? '');
  }

  /** Sends a creating mutation and gives the new thing's id. */
  async make(mutation: string, input: Record<string, unknown>, field: string): Promise<string> {
    const made = await mutate(this.client, mutation, input, `${field} { id }`, idOf(field));
    return (made[field] as { id: string }).id;
  }

  async upload(dataset: string, paths: readonly string[]): Promise<string[]> {
    const files = await uploadFiles(this.client, dataset, paths);
    const bad = files.find((file) => file.imageId === null);
    if (bad !== undefined) throw new Error(`${bad.path}: ${bad.problem}`);
    return files.map((file) => file.imageId ?? '');
  }

  /** Asks for fields of a thing. */
  async look<Shape extends z.ZodType>(
    type: string,
    id: string,
    fields: string,
    shape: Shape,
  ): Promise<z.output<Shape>> {
    const query = `query($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`;
    const { node } = await this.client.request(query, { id }, z.object({ node: z.unknown() }));
    return shape.parse(node);
  }

  /** Waits until a run has ended, and gives its fields. */
  async ended<Shape extends z.ZodType>(
    type: string,
    id: string,
    fields: string,
    shape: Shape,
  ): Promise<z.output<Shape>> {
    for (;;) {
      const { status } = await this.look(type, id, 'status', z.object({ status: z.string() }));
      if (!running.includes(status)) return this.look(type, id, fields, shape);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
