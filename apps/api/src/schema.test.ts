import {
  GraphQLEnumType,
  type GraphQLField,
  GraphQLInputObjectType,
  type GraphQLInterfaceType,
  GraphQLObjectType,
  type GraphQLUnionType,
  getNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { accessTable } from './access/table.ts';
import { homes } from './access/visible.ts';
import { schema } from './schema.ts';

const rules = [...Object.keys(accessTable), 'anyone signed in', 'own rows', 'server operator'];
/** Mutations without an idempotency key: twice is once by itself, or nothing is made. */
const withoutKey: Readonly<Record<string, string>> = {
  abortUploads: 'ends',
  acceptComparison: 'sets',
  acceptForegrounds: 'sets',
  acceptInvitation: 'an invitation is good for one joining',
  acceptShare: 'sets',
  applyFilenamePattern: 'finds the samples that it made before, by name',
  cancelExport: 'ends',
  cancelSegmentationRun: 'ends',
  cancelTrainingRun: 'ends',
  completeUploads: 'an upload makes one image',
  correctCells: 'by expectedRevision',
  createPartTickets: 'gives addresses of an upload that is there',
  declineShare: 'ends',
  deleteNodes: 'ends',
  exportModel: 'gives an address',
  importSamples: 'finds the samples that it made before, by name',
  labelImages: 'finds the samples that it made before, by name',
  markNotificationsRead: 'sets',
  removeMember: 'ends',
  restoreNodes: 'sets',
  resumeTrainingRun: 'goes on with what is there',
  retrySegmentations: 'goes on with what is there',
  revokeApiKey: 'ends',
  revokeInvitation: 'ends',
  revokeReviewerLink: 'ends',
  revokeShare: 'ends',
  setModelStage: 'sets',
  setProjectRole: 'sets',
  setQuota: 'sets',
  setRole: 'sets',
  setTeamMembers: 'sets',
  tuneForeground: 'sets',
  updateCellLine: 'by expectedRevision',
  updateDataset: 'by expectedRevision',
  updateProject: 'by expectedRevision',
};
const rootFields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
  (type) => Object.values(type?.getFields() ?? {}),
);

describe('the schema', () => {
  it.each(rootFields.map((field) => [field.name, field] as const))('has a rule for %s', (_name, field) => {
    expect(rules).toContain(field.extensions.rule);
  });

  it('has a home in the access table for every type that can be asked for by id', () => {
    const nodes = schema
      .getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
      .map((type) => type.name);
    expect(nodes.length).toBeGreaterThan(10);
    for (const name of nodes) expect(Object.keys(homes)).toContain(name);
  });

  it('describes every type and every field', () => {
    const silent: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      const ours = type instanceof GraphQLObjectType || type instanceof GraphQLInputObjectType;
      // Relay's own wrappers and the unions' names say all that there is to say.
      if (/(Connection|Edge|PageInfo)$/.test(type.name)) continue;
      if ((ours || type instanceof GraphQLEnumType) && !type.description) silent.push(type.name);
      if (!ours) continue;
      for (const field of Object.values(type.getFields()) as GraphQLField<unknown, unknown>[]) {
        if (!field.description && field.name !== 'id') silent.push(`${type.name}.${field.name}`);
      }
    }
    expect(silent).toEqual([]);
  });

  it('takes an idempotency key wherever a second sending would make a second thing', () => {
    const without = Object.values(schema.getMutationType()?.getFields() ?? {})
      .filter(({ args }) => {
        const input = getNamedType(args[0]?.type);
        return !(input instanceof GraphQLInputObjectType) || !('idempotencyKey' in input.getFields());
      })
      .map(({ name }) => name);
    expect(without.toSorted()).toEqual(Object.keys(withoutKey).toSorted());
  });

  it('answers every mutation with a payload or an error', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const names = schema
        .getPossibleTypes(getNamedType(field.type) as GraphQLUnionType)
        .map((type) => type.name);
      expect(names).toContainEqual(expect.stringMatching(/Payload$/));
      expect(names).toContain('ForbiddenError');
      expect(field.args.map((arg) => arg.name)).toEqual(['input']);
    }
  });
});
