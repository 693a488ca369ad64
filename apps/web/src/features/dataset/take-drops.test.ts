import { expect, test } from 'vitest';
import { type DropMessage, takeDrops } from './take-drops.ts';

type Listener = (event: object) => void;

const file = (name: string) => ({ kind: 'file', type: 'image/png', name });
const itemOf = (name: string) => ({
  ...file(name),
  getAsFile: () => file(name),
  webkitGetAsEntry: () => ({ isDirectory: false }),
});

/** What is told of a drop, by the function's text alone: so it runs in the frame. */
async function toldOf(items: readonly object[], types: readonly string[] = ['Files']) {
  const listeners = new Map<string, Listener>();
  const told: DropMessage[] = [];
  const alone = new Function(`return ${takeDrops.toString()}`)() as typeof takeDrops;
  const place = { addEventListener: (type: string, listener: Listener) => listeners.set(type, listener) };
  alone(place as unknown as Document, (message) => told.push(message));
  const prevented: string[] = [];
  for (const type of ['dragenter', 'dragover', 'drop']) {
    const preventDefault = () => prevented.push(type);
    listeners.get(type)?.({ dataTransfer: { types, items }, preventDefault });
  }
  await new Promise((done) => setTimeout(done));
  return { told, prevented };
}

test('what is dropped is told of a hundred at a time, and then that it was all', async () => {
  const { told } = await toldOf(Array.from({ length: 250 }, (_, i) => itemOf(`${i}.png`)));
  expect(told.map((one) => (one.kind === 'files' ? one.files.length : one.kind))).toEqual([
    'over',
    'dropped',
    100,
    100,
    50,
    'read',
  ]);
  const files = told.flatMap((one) => (one.kind === 'files' ? one.files : []));
  expect(files.map(({ path }) => path)).toEqual(Array.from({ length: 250 }, (_, i) => `${i}.png`));
});

test('folders are walked through; what cannot be read is named', async () => {
  const inside = {
    isFile: true,
    fullPath: '/plate/a.png',
    file: (done: (one: object) => void) => done(file('a.png')),
  };
  const gone = {
    isFile: true,
    fullPath: '/plate/gone.png',
    file: (_: unknown, fail: (why: Error) => void) => fail(new Error('NotFoundError')),
  };
  const lists = [[inside, gone], []];
  const readEntries = (done: (list: object[]) => void) => done(lists.shift() ?? []);
  const entry = { isDirectory: true, fullPath: '/plate', createReader: () => ({ readEntries }) };
  const folder = { kind: 'file', type: '', getAsFile: () => null, webkitGetAsEntry: () => entry };
  const { told } = await toldOf([folder]);
  expect(told[0]).toEqual({ kind: 'over', folders: true });
  expect(told.slice(2)).toMatchObject([
    { kind: 'files', files: [{ path: 'plate/a.png' }] },
    { kind: 'read', unread: ['plate/gone.png'] },
  ]);
});

test('a drag of text is left alone', async () => {
  expect(await toldOf([{ kind: 'string', type: 'text/plain' }], ['text/plain'])).toEqual({
    told: [{ kind: 'other' }],
    prevented: [],
  });
});
