import type { Database } from '@cellmixer/database';
import { parse, validate } from 'graphql';
import { type Actor, anonymous } from '../access/actor.ts';
import { loadActor, type PersonOptions } from '../access/load-actor.ts';
import { createAuth } from '../auth/create-auth.ts';
import { executeByLevel } from '../execution/execute-by-level.ts';
import { noteReading } from '../graphql/columns.ts';
import type { Context } from '../graphql/context.ts';
import { schema } from '../schema.ts';

export const PUBLIC_URL = 'http://lab.example';

/** A person with today's rights, an actor as it is, or nobody. */
type Asker = PersonOptions | Actor | null;

/** Asks the schema as somebody, with the rights that a request would have: for what needs a database and no more. */
export function openAsking(database: Database) {
  const auth = createAuth(database, { publicUrl: PUBLIC_URL, secret: 'a secret of thirty-two characters' });
  const unused = new Proxy({}, { get: (_target, name) => fail(`this test has no part for ${String(name)}`) });
  /** What comes, with the errors of its parts. */
  const answer = async (who: Asker, source: string, variables: Record<string, unknown> = {}) => {
    const readActor = async (): Promise<Actor> => {
      if (who === null) return anonymous;
      return 'kind' in who ? who : loadActor(database, who);
    };
    const contextValue: Context = {
      actor: await readActor(),
      readActor,
      database,
      auth,
      publicUrl: PUBLIC_URL,
      storage: unused as Context['storage'],
      queue: unused as Context['queue'],
      inferenceReady: async () => null,
      requestId: 'test',
      live: null,
    };
    const document = parse(source);
    const invalid = validate(schema, document);
    if (invalid.length === 0) noteReading(contextValue, schema, document);
    return invalid.length > 0
      ? { data: null, errors: invalid }
      : await executeByLevel({ schema, document, variableValues: variables, contextValue });
  };
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  const ask = async (who: Asker, source: string, variables: Record<string, unknown> = {}): Promise<any> => {
    const { data, errors } = await answer(who, source, variables);
    if (errors !== undefined) throw errors[0]?.originalError ?? errors[0];
    return data;
  };
  /** A mutation's payload or error, with the fields that are asked for. */
  const mutate = async (who: Asker, name: string, input: object, fields: string) => {
    const capital = name.charAt(0).toUpperCase() + name.slice(1);
    const data = await ask(
      who,
      `mutation($input: ${capital}Input!) { answer: ${name}(input: $input) { __typename
        ... on ${capital}Payload { ${fields} } ... on UserError { code message cure subject } } }`,
      { input },
    );
    return data.answer;
  };
  return { ask, answer, mutate, auth };
}

function fail(message: string): never {
  throw new Error(message);
}
