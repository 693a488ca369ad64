import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import type { ClassMap } from '@cellmixer/pixels';
import { z } from 'zod';

const classesSchema = z.record(z.string(), z.int().min(0).max(255));

/**
 * What the values of a truth's class maps mean: `classes.json` ({name: value}) in the folder or up to two above
 * it; without one, 1… are the types in their order.
 *
 * @returns value of each type, in the order of `types`
 * @throws INVALID_ARGUMENT where the file is off or leaves out a type
 */
export async function readClassValues(folder: string, types: readonly string[]): Promise<number[]> {
  const found = await findClasses(resolve(folder));
  if (found === null) return types.map((_, i) => i + 1);
  const { path, text } = found;
  const parsed = classesSchema.safeParse(parseJson(path, text));
  if (!parsed.success) throw off(path, 'it must be like {"background": 0, "A172": 1, …}');
  return types.map((type) => {
    const value = parsed.data[type];
    if (value === undefined) throw off(path, `it has no value for "${type}"`);
    return value;
  });
}

async function findClasses(folder: string): Promise<{ readonly path: string; readonly text: string } | null> {
  for (const place of [folder, dirname(folder), dirname(dirname(folder))]) {
    const path = join(place, 'classes.json');
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text !== null) return { path, text };
  }
  return null;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw off(path, 'it is not JSON');
  }
}

function off(path: string, why: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `"${path}": ${why}`, {
    subject: path,
    cure: 'Name every type of the model with the value that it has in the class maps.',
  });
}

/** The truth in the model's own numbers: 1… types in order, 0 background, all else ignored (255). */
export function renumber(truth: ClassMap, values: readonly number[]): ClassMap {
  const lookup = new Uint8Array(256).fill(255);
  lookup[0] = 0;
  values.forEach((value, i) => {
    lookup[value] = i + 1;
  });
  return { ...truth, data: truth.data.map((value) => lookup[value]!) };
}
