import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { executeByLevel } from '../execution/execute-by-level.ts';
import { BatchLoader } from './batch-loader.ts';

/** Doubles numbers; there is none for `x`, and no batch with `!` in it is read. */
function doubling() {
  const batches: (readonly string[])[] = [];
  const loader = new BatchLoader<number>(async (ids) => {
    batches.push(ids);
    if (ids.includes('!')) throw new Error('nothing could be read');
    return ids.map((id) => (id === 'x' ? new Error('no number') : 2 * Number(id)));
  });
  return { batches, loader };
}

describe('what is asked for by id', () => {
  it('is read once, together with what others ask for at the same time, those included who had to wait', async () => {
    const { batches, loader } = doubling();
    const later = Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => loader.load('3'));
    expect(await Promise.all([loader.load('1'), loader.load('2'), loader.load('1'), later])).toEqual([
      2, 4, 2, 6,
    ]);
    expect(await loader.load('2')).toBe(4);
    expect(batches).toEqual([['1', '2', '3']]);
  });

  it('is not read where it is known already', async () => {
    const { batches, loader } = doubling();
    loader.prime('1', 5);
    expect(loader.load('1').pending).toBeNull();
    expect(await loader.load('1')).toBe(5);
    const asked = loader.load('2');
    loader.prime('2', 7);
    expect(await asked).toBe(4);
    expect(batches).toEqual([['2']]);
  });

  it('is missed on its own, or something is given instead', async () => {
    const { loader } = doubling();
    const [one, none] = await Promise.allSettled([loader.load('1'), loader.load('x')]);
    expect(one).toMatchObject({ value: 2 });
    expect(none).toMatchObject({ reason: new Error('no number') });
    expect(await loader.load('x').orElse(() => null)).toBeNull();
    const refused = loader.load('x').orElse(() => {
      throw new Error('no, really');
    });
    await expect(refused).rejects.toThrow('no, really');
  });

  it('is read again where nothing could be read', async () => {
    const { batches, loader } = doubling();
    const both = await Promise.allSettled([loader.load('1'), loader.load('!')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await loader.load('1')).toBe(2);
    expect(batches).toEqual([['1', '!'], ['1']]);
  });

  it('is put into answers beside promises and values, errors at their places', async () => {
    const { batches, loader } = doubling();
    const schema = buildSchema('type Query { all: [Int] must(id: ID!): Int! may(id: ID!): Int }');
    const rootValue = {
      all: () => [
        loader.load('1'),
        7,
        Promise.resolve(8),
        loader.load('x'),
        loader.load('x').orElse(() => 0),
      ],
      may: ({ id }: { id: string }) => loader.load(id),
      must: ({ id }: { id: string }) => loader.load(id),
    };
    const ask = (source: string) => executeByLevel({ schema, document: parse(source), rootValue });
    const { data, errors } = await ask('{ all may(id: "2") none: may(id: "x") must(id: "3") }');
    expect(data).toEqual({ all: [2, 7, 8, null, 0], may: 4, none: null, must: 6 });
    expect(errors?.map(({ path }) => path?.join('.')).sort()).toEqual(['all.3', 'none']);
    expect(batches).toEqual([['1', 'x', '2', '3']]);
    expect((await ask('{ must(id: "x") }')).data).toBeNull();
  });
});
