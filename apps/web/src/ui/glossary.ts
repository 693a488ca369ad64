/** The field's words as this portal uses them: one place, shown by `<Term>` and on the help page. */
export const glossary = {
  baseline:
    'A network trained on pure pictures alone, without mixtures. What the mixtures are worth is the gap between the two.',
  'biological replicate':
    'Cells grown, seeded and imaged on their own, on another day or from another passage. Many pictures of one well are one replicate.',
  'class map':
    'A picture in which each pixel carries the number of the cell line that was found there, or background.',
  composition: 'The share of each cell line among all cells of a sample.',
  confluence:
    'The share of the picture that is covered by cells. Where no background is left, single cells cannot be told apart.',
  confounded:
    'Two things that always come together. If one line was imaged on Monday and the other on Tuesday, a network may learn the day.',
  Dice: 'How well two areas agree: twice their overlap by their sum. 1 is perfect, 0 is none.',
  foreground: 'The pixels that belong to cells, found in a pure culture without anybody drawing.',
  'held-out replicate':
    'A replicate whose pictures were kept out of training. Only they show whether a model knows the cells or the day.',
  'heterogeneous population': 'A culture of more than one cell line: a mixture.',
  'homogeneous population': 'A culture of one cell line alone: a pure culture.',
  'instance map': 'A picture in which each cell carries a number of its own.',
  IoU: 'How well two areas agree: their overlap by their union. 1 is perfect, 0 is none.',
  'null split':
    'A control: the replicates of one line are dealt into two halves and told apart as if they were two types. A sound method must fail at it.',
  passage: 'How many times the cells have been transferred to a new vessel.',
  preset: 'A set of training settings under one name: fast, balanced or accurate.',
  'pure control':
    'A well of one line alone on the plate of the mixtures, to see how well that line is recognised there.',
  'seeded fraction': 'The share of a line as it was pipetted into the well. What grows there may differ.',
  seed: 'The number that all chance of a training begins with: the same pictures, settings and seed give the same model.',
  'self-mix':
    'A control: pictures of one line are mixed with each other. All cells are one line, so whatever is called another one is wrong.',
  snapshot: 'A dataset as it was at one moment. Trainings read snapshots, so that they can be repeated.',
} as const;

export type GlossaryTerm = keyof typeof glossary;
