import { newestFirst } from '@cellmixer/database';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { columnsOf, noteReading } from './columns.ts';
import type { Context } from './context.ts';

/** The columns that a request with this document reads of a type. */
function asked(type: string, source: string): string {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const context = {} as Context;
  noteReading(context, schema, document);
  return columnsOf(context, type, newestFirst).sql;
}

describe('the columns that are read of a row', () => {
  it('are those of the asked fields, wherever a document asks for them', () => {
    const source = `query($id: ID!) {
      node(id: $id) { id ... on Dataset { images(first: 1) { edges { node { ...Named sample { well } } } } } }
      images(first: 2) { edges { node { status } } } }
      fragment Named on Image { title: name }`;
    expect(asked('Image', source)).toBe('t."id", t."name", t."sampleId", t."status"');
    expect(asked('Sample', source)).toBe('t."id", t."well"');
  });

  it('are with what the list is sorted by, where places in it are asked for', () => {
    for (const places of ['pageInfo { endCursor }', 'edges { cursor }'])
      expect(asked('Image', `{ images(first: 1) { edges { node { name } } ${places} } }`)).toBe(
        't."createdAt", t."id", t."name"',
      );
  });

  it('are the id where no more is asked for than every node has', () => {
    expect(asked('Segmentation', '{ nodes(ids: ["x"]) { __typename id ... on Segmentation { id } } }')).toBe(
      't."id"',
    );
  });

  it('are all of them where a resolver does not say what it reads', () => {
    const source =
      '{ images(first: 1) { edges { node { name segmentations(first: 1) { edges { node { cells(first: 1) { total } } } } } } } }';
    expect(asked('Segmentation', source)).toBe('t.*');
    expect(asked('Image', source)).toBe('t."id", t."name"');
  });

  it('are few, however many selections others have asked for before', () => {
    const fields = ['channels', 'checksum', 'depth', 'errorCode', 'height', 'name', 'status', 'width'];
    for (let chosen = 1; chosen < 2 ** fields.length; chosen++) {
      const few = fields.filter((_, i) => chosen & (1 << i));
      const source = `{ images(first: 1) { edges { node { ${few.join(' ')} } } } }`;
      const columns = asked('Image', source).split(', ');
      expect(columns.sort()).toEqual(['id', ...few].map((name) => `t."${name}"`).sort());
    }
  });

  it('are all of them of types that others read too, and where nobody knows the document', () => {
    expect(
      asked('Project', '{ viewer { organizations { projects(first: 1) { edges { node { name } } } } } }'),
    ).toBe('t.*');
    expect(columnsOf({} as Context, 'Image').sql).toBe('t.*');
  });
});
