import { CellMixerError } from '@cellmixer/errors';
import { type ObjectKey, type ObjectPrefix, objectKey, objectPrefix } from './object-key.ts';

/** The kinds of objects in the bucket: the first part of every key. */
export const objectKinds = ['incoming', 'images', 'attempts', 'models'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** A file as it was uploaded. */
export function incomingKey(lab: string, upload: string): ObjectKey {
  return objectKey(`incoming/${id(lab)}/${id(upload)}`);
}

/** Something that belongs to an image: its pyramid, its thumbnail. */
export function imageKey(lab: string, image: string, ...path: readonly string[]): ObjectKey {
  return objectKey(imagePrefix(lab, image) + under(path));
}

/** All that belongs to an image. */
export function imagePrefix(lab: string, image: string): ObjectPrefix {
  return objectPrefix(`images/${id(lab)}/${id(image)}/`);
}

/** Something that one attempt at a job has made. */
export function attemptKey(job: string, attempt: number, ...path: readonly string[]): ObjectKey {
  return objectKey(attemptPrefix(job, attempt) + under(path));
}

/** All that one attempt at a job has made; published by one row, swept where no row points to it. */
export function attemptPrefix(job: string, attempt: number): ObjectPrefix {
  return objectPrefix(`attempts/${id(job)}/${counted('attempt', attempt)}/`);
}

/** The network of a model's version, where a server that reads Triton's repository layout looks for it. */
export function modelKey(model: string, version: number): ObjectKey {
  return objectKey(`models/${id(model)}/${counted('version', version)}/model.onnx`);
}

/** All versions of a model. */
export function modelPrefix(model: string): ObjectPrefix {
  return objectPrefix(`models/${id(model)}/`);
}

function under(path: readonly string[]): string {
  if (path.length === 0) throw wrong('path', '');
  return path.map(id).join('/');
}

function id(text: string): string {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(text) || text.includes('..')) throw wrong('id', text);
  return text;
}

function counted(what: string, number: number): number {
  if (!Number.isSafeInteger(number) || number < 1) throw wrong(what, String(number));
  return number;
}

function wrong(what: string, value: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `"${value}" is no ${what} that a key can hold`, {
    subject: value,
    cure: 'Ids are 1 to 128 letters, digits, hyphens, underscores and single dots; counts begin at 1.',
  });
}
