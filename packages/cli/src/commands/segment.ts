import { join, resolve } from 'node:path';
import {
  type CellMixerModel,
  cellsTable,
  imagesTable,
  openCellMixerModel,
  type SegmentedPicture,
  segmentPicture,
} from '@cellmixer/cellmixer';
import { encodeLabels, encodePng, readImageSource } from '@cellmixer/imaging';
import { drawTypes } from '@cellmixer/pixels';
import { writeAtomically } from '../files/atomic-write.ts';
import { type InputPicture, listPictures, segmentationPaths } from '../files/list-pictures.ts';
import { readModel } from '../files/model-folder.ts';
import { sampleOf } from '../files/sample-of.ts';
import { sayDuration } from '../terminal/duration.ts';
import { alignTable } from '../terminal/table.ts';
import type { CommandContext } from './command-context.ts';

export interface SegmentOptions {
  readonly model: string;
  readonly out: string;
  readonly provider?: 'auto' | 'cpu' | 'webgpu' | 'cuda';
  readonly minConfidence?: number;
}

/** `cellmixer segment <images…> --model <model> --out <folder>` */
export async function segment(inputs: readonly string[], options: SegmentOptions, context: CommandContext) {
  const { console, signal } = context;
  const pictures = await listPictures(inputs);
  const { bytes } = await readModel(options.model);
  const model = await openCellMixerModel(bytes, {
    ...(options.provider === undefined ? {} : { provider: options.provider }),
  });
  const out = resolve(options.out);
  const done: SegmentedPicture[] = [];
  const started = performance.now();
  try {
    for (const picture of pictures) {
      const left =
        done.length === 0
          ? ''
          : `, ${sayDuration(((performance.now() - started) / 1000 / done.length) * (pictures.length - done.length))} left`;
      console.progress.update(`Segmenting ${done.length + 1}/${pictures.length}: ${picture.stem}${left}`);
      const segmented = await segmentOne(model, picture, out, options, signal);
      done.push(segmented);
      console.emit({
        kind: 'picture',
        image: segmented.image,
        cells: segmented.found.cells.length,
        unassigned: segmented.found.composition.unassigned.cells,
        types: segmented.found.composition.types,
      });
    }
  } finally {
    await model.close();
  }
  await writeAtomically(join(out, 'cells.csv'), cellsTable(done, model.types));
  await writeAtomically(join(out, 'images.csv'), imagesTable(done, model.types));
  await writeAtomically(
    join(out, 'segmentation.json'),
    `${JSON.stringify(describe(model, pictures), null, 2)}\n`,
  );
  tell(context, done, model.types);
  console.print(`Maps, overlays and tables: ${out}`);
  console.emit({ kind: 'done', folder: out, pictures: done.length });
}

async function segmentOne(
  model: CellMixerModel,
  picture: InputPicture,
  out: string,
  options: SegmentOptions,
  signal: AbortSignal,
): Promise<SegmentedPicture> {
  const source = await readImageSource(picture.path);
  const image = await source.read();
  const found = await segmentPicture(model, image, {
    name: picture.path,
    pixelSizeUm: source.pixelSizeUm,
    segmentation: { minConfidence: options.minConfidence ?? 0 },
    signal,
  });
  const paths = segmentationPaths(out, picture.stem);
  const { classMap, instances } = found;
  await writeAtomically(paths.classes, await encodePng({ ...classMap, channels: 1 }));
  const labels = await encodeLabels(instances);
  await writeAtomically(paths.instances(labels.extension), labels.bytes);
  await writeAtomically(
    paths.overlay,
    await encodePng(drawTypes(image, classMap, instances, model.types.length)),
  );
  const { width, height, cells, composition } = found;
  return {
    image: source.name,
    sample: sampleOf(picture.path),
    pixelSizeUm: source.pixelSizeUm,
    found: { width, height, cells, composition },
  };
}

function describe(model: CellMixerModel, pictures: readonly InputPicture[]) {
  return {
    types: model.types,
    run: { ...model.run, pictures: undefined },
    pictures: pictures.map(({ path, stem }) => ({ stem, path })),
    files: {
      classes: '<stem>.classes.png: 0 background, 1… types in the order above',
      instances: '<stem>.instances.png (16 bits) or .tif (32 bits): 0 background, 1… cells',
      overlay: '<stem>.overlay.png: for people',
      tables: 'cells.csv, images.csv',
    },
  };
}

function tell(
  { console }: CommandContext,
  done: readonly SegmentedPicture[],
  types: readonly string[],
): void {
  const rows = done.map(({ image, found }) => [
    image,
    found.cells.length,
    ...found.composition.types.map((share) => share.cells),
    found.composition.unassigned.cells,
  ]);
  for (const line of alignTable(['image', 'cells', ...types, 'unassigned'], rows)) console.print(line);
}
