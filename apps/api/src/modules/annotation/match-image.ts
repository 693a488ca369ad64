import { fileOf, withoutEnding } from '@cellmixer/sample-names';

/** What people add to an image's name for its map. */
const suffix =
  /[\s_.-](?:masks?|class(?:es)?|class[_-]?map|labels?|truth|gt|annotations?|instances?|cells?|seg(?:mentation)?)$/i;

/** The name that a map's image has, without its ending: `C7_1_mask.png` → `c7_1_mask` and `c7_1`. */
export function imageStems(fileName: string): string[] {
  const whole = stemOf(fileName);
  const bare = whole.replace(suffix, '');
  return bare === whole || bare === '' ? [whole] : [whole, bare];
}

/** Of an image that is a time point, as people write it for a map: `C7.tif · t 3` → `c7_t3`. */
export function stemOf(name: string): string {
  const file = fileOf(name);
  const timePoint = name.slice(file.length).replace(/^ · t /, '_t');
  return `${withoutEnding(file)}${timePoint}`.toLowerCase();
}
