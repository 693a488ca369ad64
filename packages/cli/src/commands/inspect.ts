import { openCellMixerModel } from '@cellmixer/cellmixer';
import { readModel } from '../files/model-folder.ts';
import { alignTable } from '../terminal/table.ts';
import type { CommandContext } from './command-context.ts';

/** `cellmixer inspect <model>` */
export async function inspect(path: string, { console }: CommandContext): Promise<void> {
  const { file, bytes } = await readModel(path);
  const model = await openCellMixerModel(bytes);
  const { types, typeHead, calibration, confusion, run, format } = model;
  await model.close();
  const pictures = run.pictures.map((ids) => ids.length);
  console.emit({ file, bytes: bytes.length, format, types, typeHead, calibration, confusion, run });
  console.print(`${file} (${(bytes.length / 1e6).toFixed(2)} MB)`);
  console.print();
  const rows: (readonly [string, string | number])[] = [
    ['types', types.map((type, i) => `${type} (${pictures[i] ?? 0} pictures)`).join(', ')],
    ['method', `${run.method}, preset ${run.preset}, seed ${run.seed}`],
    ['steps', `${run.steps} × ${run.batch} crops of ${run.cropSize}², learning rate ${run.learningRate}`],
    ['trained on', `${run.provider} (${run.lowering})`],
    ['light', `${calibration.modality}, ${calibration.channels} channel(s)`],
    ['typical cell', `${calibration.cellDiameterPx.toFixed(1)} px at native size`],
    ['working scale', calibration.workingScale.toFixed(3)],
    ['pixel size', calibration.pixelSizeUm === null ? 'not known' : `${calibration.pixelSizeUm} µm`],
    ['a pixel’s type', typeHead === 'softmax' ? 'one of the types' : 'any of the types, also several'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.print(`${name.padEnd(width)}  ${value}`);
  if (confusion === null) return;
  console.print();
  console.print('Pixels of true cells (rows) and what they are called, on artificial mixtures:');
  const shares = confusion.map((row, i) => {
    const total = row.reduce((a, b) => a + b, 0);
    return [types[i] ?? '', ...row.map((count) => count / total)];
  });
  for (const line of alignTable(['', ...types], shares)) console.print(line);
}
