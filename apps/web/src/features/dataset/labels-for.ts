import { fileOf } from '@cellmixer/sample-names';

/** A label as `labelImages` takes it. */
export interface Label {
  readonly sample: string;
  readonly images: string[];
  readonly cellLines: string[];
  readonly replicate?: string;
}

/** One sample of the given name for all, or one for each file, named like it: its time points show one culture. */
export function labelsFor(
  images: readonly { readonly id: string; readonly name: string }[],
  cellLines: readonly string[],
  { sample, replicate }: { readonly sample: string; readonly replicate: string },
): Label[] {
  const rest = { cellLines: [...cellLines], ...(replicate === '' ? {} : { replicate }) };
  if (sample !== '') return [{ sample, images: images.map(({ id }) => id), ...rest }];
  const byStem = Map.groupBy(images, ({ name }) => stemOf(fileOf(name)));
  return [...byStem].map(([stem, own]) => ({ sample: stem, images: own.map(({ id }) => id), ...rest }));
}

/** The file's name without its ending, as long as a sample's name may be. */
function stemOf(name: string): string {
  return name.replace(/(\.ome)?\.[A-Za-z0-9]{2,5}$/i, '').slice(0, 100);
}
