import type { Database } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import {
  GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isListType,
  isNonNullType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestError } from '../graphql/request-error.ts';
import { schema } from '../schema.ts';
import { openAsking } from '../testing/asking.ts';
import { type OpenWorld, openWorld } from '../testing/open-world.ts';
import { doers } from '../testing/who-may.ts';
import { people, type Who, type World } from '../testing/world.ts';
import { type Action, accessTable } from './table.ts';
import type { NodeType } from './visible.ts';

let opened: OpenWorld;
let database: Database;
let world: World;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
});
afterAll(() => opened?.[Symbol.asyncDispose]());

/** Where the rule of the whole field is not the whole truth, and why. */
const others: Readonly<Record<string, readonly Who[]>> = {
  // Without a project it is the lab's, which admins alone invite into and make keys for.
  invite: doers['organization.manage'],
  createApiKey: doers['organization.manage'],
  // The share of the world is lent to another lab, whose project accepts and declines.
  acceptShare: [],
  declineShare: [],
  // What somebody else has made is decided on by managers; the world's rows are the owner's.
  acceptComparison: doers['decide.any'],
  setModelStage: doers['decide.any'],
  // The world's member is the manager, who may leave; its invitation names no project.
  removeMember: [...doers['organization.manage'], 'manager'],
  revokeInvitation: doers['organization.manage'],
  // The world's key is the editor's.
  revokeApiKey: [...doers['organization.manage'], 'editor'],
};

/** They answer for every id apart (see trash.test.ts). The inbox has no ids of a lab. */
const apart = ['deleteNodes', 'restoreNodes', 'markNotificationsRead'];

/** Beside the least: what a field needs before it can say whose it is. */
const more: Readonly<Record<string, () => object>> = {
  importSamples: () => ({ dataset: encodeGlobalID('Dataset', world.datasetId), text: 'sample\nx' }),
};

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
  ({ name, extensions }) =>
    !apart.includes(name) && (String(extensions.rule) in accessTable || extensions.rule === 'own rows'),
);

describe('every mutation, with ids of the first lab', () => {
  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s',
    async (name, field) => {
      const able: Who[] = [];
      for (const who of people) if (await mayAsk(who, field)) able.push(who);
      const expected = others[name] ?? doers[field.extensions.rule as Action];
      expect(able.toSorted()).toEqual(expected.toSorted());
    },
    60_000,
  );
});

class RolledBack extends Error {}

/** Whether an asker is let through to the work itself, whatever then comes of it; nothing of it stays. */
async function mayAsk(who: Who, field: GraphQLField<unknown, unknown>): Promise<boolean> {
  let allowed = true;
  await database
    .$transaction(
      async (tx) => {
        const within = new Proxy(tx, {
          get: (target, key) =>
            key === '$transaction'
              ? (work: unknown) => (typeof work === 'function' ? work(within) : Promise.all(work as []))
              : Reflect.get(target, key),
        }) as unknown as Database;
        const actor = world.actors.get(who);
        const asker = actor?.kind === 'person' ? { userId: actor.userId ?? '' } : (actor ?? null);
        const least = leastOf(field.args[0]?.type as GraphQLInputType, undefined);
        const input = { ...(least as object), ...more[field.name]?.() };
        try {
          const answer = await openAsking(within).mutate(asker, field.name, input, '__typename');
          allowed = !['ForbiddenError', 'NotFoundError'].includes(answer.__typename);
        } catch (error) {
          const denied =
            error instanceof RequestError && ['ForbiddenError', 'NotFoundError'].includes(error.type);
          allowed = !denied;
        }
        throw new RolledBack();
      },
      { timeout: 30_000 },
    )
    .catch((error) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  return allowed;
}

/** The least that an input may hold, with ids of the world's rows. */
function leastOf(type: GraphQLInputType, field: GraphQLInputField | undefined): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType, field);
  if (isListType(type)) return [leastOf(type.ofType, field)];
  if (type instanceof GraphQLEnumType) return type.getValues()[0]?.name;
  if (type instanceof GraphQLInputObjectType) {
    const needed = Object.values(type.getFields()).filter((one) => isNonNullType(one.type));
    return Object.fromEntries(needed.map((one) => [one.name, leastOf(one.type, one)]));
  }
  const scalar = getNamedType(type).name;
  if (scalar === 'ID') return idFor(field);
  return { Int: 1, Float: 1, Boolean: true, JSON: {} }[scalar] ?? 'x';
}

function idFor(field: GraphQLInputField | undefined): string {
  const wanted = field?.extensions.relayGlobalIDFor as readonly { readonly typename: NodeType }[] | undefined;
  const type = wanted?.[0]?.typename ?? 'Dataset';
  return encodeGlobalID(type, world.rows.get(type) ?? world.organizationId);
}
