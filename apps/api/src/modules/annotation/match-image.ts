import { withoutEnding } from '@cellmixer/sample-names';

/** What people add to an image's name for its map. */
const suffix =
  /[\s_.-](?:masks?|class(?:es)?|class[_-]?map|labels?|truth|gt|annotations?|instances?|cells?|seg(?:mentation)?)$/i;

/** The name that a map's image has, without its ending: `C7_1_mask.png` → `c7_1_mask` and `c7_1`. */
export function imageStems(fileName: string): string[] {
  const whole = stemOf(fileName);
  const bare = whole.replace(suffix, '');
  return bare === whole || bare === '' ? [whole] : [whole, bare];
}

export function stemOf(fileName: string): string {
  return withoutEnding(fileName).toLowerCase();
}
