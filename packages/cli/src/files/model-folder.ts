import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { codeOf } from './atomic-write.ts';

/** The files of a model folder. */
export function modelPaths(folder: string) {
  return {
    model: join(folder, 'model.onnx'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    cardJson: join(folder, 'card.json'),
    cardText: join(folder, 'card.md'),
    events: join(folder, 'training.jsonl'),
    run: join(folder, 'run.json'),
  } as const;
}

/** The bytes of a model: a folder that `train` made, or an ONNX file. @throws MODEL_UNREADABLE */
export async function readModel(
  path: string,
): Promise<{ readonly file: string; readonly bytes: Uint8Array }> {
  const file = await stat(path).then(
    (entry) => (entry.isDirectory() ? modelPaths(path).model : path),
    () => path,
  );
  try {
    return { file, bytes: await readFile(file) };
  } catch (cause) {
    const unfinished = codeOf(cause) === 'ENOENT' && existsSync(modelPaths(path).checkpoint);
    throw new CellMixerError(
      'MODEL_UNREADABLE',
      unfinished
        ? `"${path}": the training has not come to its end; there is a checkpoint, but no model yet`
        : `"${file}": ${codeOf(cause) === 'ENOENT' ? 'there is no such file' : codeOf(cause)}`,
      {
        subject: path,
        cure: unfinished
          ? 'Go on with `cellmixer train … --resume`.'
          : 'Give the folder that `cellmixer train` wrote, or a model.onnx.',
        cause,
      },
    );
  }
}
