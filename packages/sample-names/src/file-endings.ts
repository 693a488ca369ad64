import { fileOf } from './time-points.ts';

/** Endings of pictures and tables of ours: they say nothing about a sample. */
const endings = /\.(?:ome\.)?(?:tiff?|btf|tf8|png|jpe?g|webp|czi|nd2|lif|bmp)$/i;

/** A file's name, or a pattern, without what only tells its kind, or which of its time points a picture is. */
export function withoutEnding(name: string): string {
  return fileOf(name).replace(endings, '');
}
