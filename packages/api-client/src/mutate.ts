import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';

const problemShape = z.object({
  __typename: z.enum(['ValidationError', 'NotFoundError', 'ForbiddenError', 'ConflictError', 'QuotaError']),
  code: z.string(),
  message: z.string(),
  cure: z.string().nullable(),
});

/**
 * Sends one mutation and gives its payload.
 *
 * @param name such as `createProject`
 * @param fields what is wanted of the payload, as GraphQL writes it
 * @throws API_REFUSED with the message and the cure of the error that the server answered with
 */
export async function mutate<Payload>(
  client: ApiClient,
  name: string,
  input: Readonly<Record<string, unknown>>,
  fields: string,
  shape: z.ZodType<Payload>,
): Promise<Payload> {
  const pascal = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation Send($input: ${pascal}Input!) {
    ${name}(input: $input) {
      __typename
      ... on ${pascal}Payload { ${fields} }
      ... on UserError { code message cure }
    }
  }`;
  const answer = await client.request(query, { input }, z.looseObject({ [name]: z.unknown() }));
  const result: unknown = answer[name];
  const problem = problemShape.safeParse(result);
  if (problem.success) {
    const { code, message, cure } = problem.data;
    throw new CellMixerError('API_REFUSED', message, { subject: code, ...(cure === null ? {} : { cure }) });
  }
  return shape.parse(result);
}
