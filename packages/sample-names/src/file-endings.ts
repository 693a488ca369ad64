/** Endings of pictures and tables of ours: they say nothing about a sample. */
const endings = /\.(?:ome\.)?(?:tiff?|btf|tf8|png|jpe?g|webp|czi|nd2|lif|bmp)$/i;

/** A file's name, or a pattern, without the ending that only tells its kind. */
export function withoutEnding(name: string): string {
  return name.replace(endings, '');
}
