import {
  ap50,
  atNativeSize,
  balancedCellAccuracy,
  type CellConfusion,
  type CellMixerModel,
  type Confusion,
  calibrateImage,
  cellConfusion,
  cellRecalls,
  confusion,
  foregroundIou,
  type InstanceMatches,
  matchInstances,
  miou,
  miouWithBackground,
  pool,
  poolCells,
  segmentImage,
  typeAccuracy,
  typeRecalls,
} from '@cellmixer/cellmixer';
import type { ClassMap, FloatImage, LabelMap } from '@cellmixer/pixels';
import type { ForegroundScores } from './foreground.ts';

export interface Scores {
  readonly n: number;
  readonly miou: number;
  readonly miouWithBackground: number;
  readonly typeAccuracy: number;
  readonly typeRecalls: readonly number[];
  readonly balancedCellAccuracy: number;
  readonly cellRecalls: readonly number[];
  readonly foregroundIou: number;
  readonly ap50: number;
  /** Pixels of true foreground that are called each type. */
  readonly foundAs: readonly number[];
  /** The same where every pixel takes the type of its cell. */
  readonly byCell: { readonly miou: number; readonly typeAccuracy: number };
  readonly pictures: readonly {
    readonly name: string;
    readonly miou: number;
    readonly foregroundIou: number;
  }[];
}

export interface MethodResult {
  readonly method: string;
  readonly seed: number;
  readonly homogeneous?: Scores;
  readonly mixtures?: {
    readonly b1: Scores;
    readonly b2: Scores;
    readonly b3: Scores;
    readonly worst: number;
  };
  readonly mixed?: Scores;
  readonly foreground?: ForegroundScores;
  readonly controls?: Partial<
    Record<'selfMix' | 'nullSplit' | 'nullSplitFirst' | 'backgroundProbe' | 'canvasSwap', number>
  >;
  readonly seconds: number;
  readonly trainingSeconds: number;
  readonly peakMemoryMb: number;
  readonly settings: unknown;
}

export interface Picture {
  readonly name: string;
  readonly image: FloatImage;
  readonly classMap: ClassMap;
  readonly instances: LabelMap;
}

/** Segments every picture as the product does, from native pixels, and scores it at its native size. */
export async function score(model: CellMixerModel, pictures: readonly Picture[]): Promise<Scores> {
  const types = model.types.length;
  const byCell: Confusion[] = [];
  const byPixel: Confusion[] = [];
  const cells: CellConfusion[] = [];
  const matches: InstanceMatches[] = [];
  for (const picture of pictures) {
    const calibrated = calibrateImage(picture.image, model.calibration);
    const found = await segmentImage(calibrated, {
      predictor: model.predictor,
      types: model.types,
      calibration: model.calibration,
      options: { uncertainty: false },
    });
    const native = atNativeSize(found, picture.image.width, picture.image.height);
    byPixel.push(confusion(picture.classMap, native.classMapPixelwise, types));
    byCell.push(confusion(picture.classMap, native.classMap, types));
    cells.push(cellConfusion(picture.classMap, picture.instances, native.classMapPixelwise, types));
    matches.push(matchInstances(picture.instances, native.instances, { ignored: picture.classMap }));
  }
  const all = pool(byPixel);
  const allByCell = pool(byCell);
  const allCells = poolCells(cells);
  return {
    n: pictures.length,
    miou: miou(all),
    miouWithBackground: miouWithBackground(all),
    typeAccuracy: typeAccuracy(all),
    typeRecalls: typeRecalls(all),
    balancedCellAccuracy: balancedCellAccuracy(allCells),
    cellRecalls: cellRecalls(allCells),
    foregroundIou: foregroundIou(all),
    ap50: ap50(matches),
    foundAs: calledTypes(all),
    byCell: { miou: miou(allByCell), typeAccuracy: typeAccuracy(allByCell) },
    pictures: pictures.map((picture, i) => ({
      name: picture.name,
      miou: miou(byPixel[i]!),
      foregroundIou: foregroundIou(byPixel[i]!),
    })),
  };
}

function calledTypes({ types, counts }: Confusion): number[] {
  const stride = types + 1;
  return Array.from({ length: types }, (_, k) => {
    let sum = 0;
    for (let truth = 1; truth <= types; truth++) sum += counts[truth * stride + k + 1]!;
    return sum;
  });
}
