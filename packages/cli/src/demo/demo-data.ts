import type { Culture } from '@cellmixer/cellmixer';
import type { ClassMap, FloatImage, LabelMap } from '@cellmixer/pixels';

/** A mixture with its truth. */
export interface TestPicture {
  readonly name: string;
  readonly sample: string | null;
  readonly image: FloatImage;
  /** Whether the picture is network input already (an artificial mixture) and not as a camera gave it. */
  readonly calibrated: boolean;
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
  readonly truth: TruthKind;
  /** Where the pictures lie, for people. */
  readonly folder: string;
  readonly cultures: readonly Culture[];
  /** Pure pictures that are not trained on; what artificial mixtures are made of. */
  readonly heldOut: readonly Culture[];
  /** Empty where they must still be made of `heldOut`. */
  readonly mixtures: readonly TestPicture[];
  /** Words about what was left aside. */
  readonly notes: readonly string[];
}
