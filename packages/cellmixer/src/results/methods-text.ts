import manifest from '../../package.json' with { type: 'json' };

/** What a reader of a paper must know of a segmentation. */
export interface MethodsFacts {
  readonly model: string;
  /** SHA-256 of model.onnx, hexadecimal. */
  readonly checksum: string;
  readonly classes: readonly string[];
  /** How the model was trained; null where that is not known. */
  readonly training: {
    readonly method: string;
    readonly preset: string;
    readonly steps: number;
    readonly seed: number;
  } | null;
  readonly images: number;
  readonly samples: number;
  readonly threshold: number;
  readonly correctedImages: number;
}

/** The paragraph for a paper: versions, seeds, parameters, counts. */
export function methodsText(facts: MethodsFacts): string {
  const { model, checksum, classes, training, images, samples, threshold, correctedImages } = facts;
  const trained =
    training === null
      ? ''
      : ` It was trained ${training.method === 'baseline' ? 'on pictures of pure cultures alone' : 'on artificial mixtures of pictures of pure cultures (Naouar et al., arXiv 2312.00671)'} with preset "${training.preset}", ${training.steps} steps and seed ${training.seed}.`;
  const corrected =
    correctedImages === 0
      ? ''
      : ` Cells of ${correctedImages} images were corrected by hand; counts are with these corrections.`;
  return (
    `Cells of ${images} images of ${samples} samples were segmented and assigned to ${listed(classes)} with CellMixer ${manifest.version}, ` +
    `model ${model} (SHA-256 ${checksum.slice(0, 12)}…), at a foreground probability of ${threshold}.${trained}${corrected} ` +
    'Fractions are of the cells that have a class; 95 % intervals are Wilson intervals with the design effect of Rao and Scott (1992) over samples, or over the images of a single sample.'
  );
}

/** The paragraph for a comparison of models. */
export function comparisonText(facts: {
  readonly models: readonly { readonly name: string; readonly checksum: string }[];
  readonly classes: readonly string[];
  readonly images: number;
  /** Images with an annotation. */
  readonly judged: number;
}): string {
  const models = facts.models.map(({ name, checksum }) => `${name} (SHA-256 ${checksum.slice(0, 12)}…)`);
  const truth =
    facts.judged === 0
      ? 'No image had an annotation.'
      : `Scores are over ${facts.judged} annotated images, from one pooled confusion of pixels; intervals are 95 % bootstrap intervals over whole samples.`;
  return (
    `The models ${listed(models, 'and')} were compared with CellMixer ${manifest.version} on the same ${facts.images} images, ` +
    `for the classes ${listed(facts.classes, 'and')}. Agreement is the share of pixels that two models call the same. ${truth}`
  );
}

function listed(names: readonly string[], word = 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
