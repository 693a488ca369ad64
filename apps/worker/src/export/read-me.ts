interface ReadMe {
  readonly run: string;
  readonly model: string;
  readonly checksum: string;
  readonly classes: readonly string[];
  readonly images: number;
  readonly methods: string;
}

/** What lies in an exported archive. */
export function readMe({ run, model, checksum, classes, images, methods }: ReadMe): string {
  const lines = [
    'Results of a CellMixer segmentation',
    '',
    `Run: ${run}`,
    `Model: ${model}, SHA-256 ${checksum}`,
    `Images: ${images}`,
    `Classes: 0 background or without a class; ${classes.map((name, k) => `${k + 1} ${name}`).join('; ')}`,
    '',
    'classes/    a PNG for each image: 8-bit class numbers with a palette, as the model found them',
    'corrected/  the same as people have corrected it, for images with corrections alone: all pixels of a cell',
    '            have the class that it was given; unknown and deleted cells are 0',
    'instances/  16-bit PNG (32-bit TIFF above 65,535 cells): 0 background, else the number of the cell',
    'overlays/   the picture with its cells outlined in colour',
    'cells/      a table for each image, one row a cell, as the model found them; lengths in pixels',
    'summary.csv one row an image and class, with people’s corrections',
    'samples.csv the same by sample; fractions with 95 % intervals, seeded fractions beside them',
    '',
    'Methods',
    methods,
    '',
  ];
  return lines.join('\r\n');
}
