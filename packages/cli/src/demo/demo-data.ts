import type { Modality } from '@cellmixer/cellmixer';
import type { ClassMap, FloatImage, LabelMap } from '@cellmixer/pixels';
import type { CultureFiles } from '../files/read-cultures.ts';

/** A mixture with its truth. */
export interface TestPicture {
  readonly path: string;
  readonly name: string;
  readonly sample: string | null;
  readonly image: FloatImage;
  /** 0 background, 1… types in order, 255 ignored. */
  readonly classMap: ClassMap;
  readonly instances: LabelMap | null;
}

/**
 * Where the truth of the mixtures comes from. `drawn`: this program drew them; `masks`: people did, for real mixtures;
 * `artificial`: the mixtures were made of held-out pure pictures, with outlines that were found, not drawn.
 */
export type TruthKind = 'drawn' | 'masks' | 'artificial';

export interface DemoData {
  /** Names the project in the lab. */
  readonly name: string;
  readonly truth: TruthKind;
  readonly modality: Modality;
  /** Where the pictures lie, for people. */
  readonly folder: string;
  /** What is trained on. */
  readonly cultures: readonly CultureFiles[];
  readonly mixtures: readonly TestPicture[];
  /** Words about what was left aside. */
  readonly notes: readonly string[];
}
