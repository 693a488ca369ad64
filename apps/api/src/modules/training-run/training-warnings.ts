import type { TrainingPicture } from './training-pictures.ts';

export const trainingWarningCodes = [
  'CELLS_FEW',
  'REPLICATE_SINGLE',
  'CLASS_CONFOUNDED_WITH_PLATE',
  'CLASS_CONFOUNDED_WITH_DAY',
  'MODALITY_MIXED',
  'PIXEL_SIZE_MIXED',
  'FOREGROUND_FLAGGED',
  'FOREGROUND_MISSING',
  'PICTURES_NOT_READY',
  'WORKER_MISSING',
  'GPU_MISSING',
] as const;
export type TrainingWarningCode = (typeof trainingWarningCodes)[number];

/** Something that speaks against a training, before it is started. */
export interface TrainingWarning {
  readonly code: TrainingWarningCode;
  /** Whether the training would fail, or never begin. */
  readonly blocking: boolean;
  readonly message: string;
  readonly cure: string;
  /** The class that it is about; null for all of them. */
  readonly subject: string | null;
}

/** Cells of a class below which its variety is not seen. */
const FEW_CELLS = 100;
/** Pixel sizes that differ by less are the same. */
const SAME_SIZE = 1.02;

/** What the pictures of a training speak of, worst first. */
export function warningsOfPictures(
  names: readonly string[],
  pictures: readonly TrainingPicture[],
): TrainingWarning[] {
  const ofClass = names.map((_, position) => pictures.filter((picture) => picture.position === position));
  const all = [
    ...mixedModality(pictures),
    ...mixedPixelSize(names, ofClass),
    ...names.flatMap((name, position) => warningsOfClass(name, ofClass[position] ?? [])),
    ...confounded(names, ofClass, 'plate'),
    ...confounded(names, ofClass, 'day'),
  ];
  return all.sort((a, b) => Number(b.blocking) - Number(a.blocking));
}

function warningsOfClass(name: string, pictures: readonly TrainingPicture[]): TrainingWarning[] {
  const warn = (code: TrainingWarningCode, message: string, cure: string): TrainingWarning => ({
    code,
    blocking: false,
    message,
    cure,
    subject: name,
  });
  const list: TrainingWarning[] = [];
  const unready = pictures.filter((picture) => picture.status !== 'READY').length;
  if (unready > 0) {
    list.push({
      ...warn(
        'PICTURES_NOT_READY',
        `${say(unready, 'picture')} of "${name}" ${unready === 1 ? 'is' : 'are'} not read yet, or could not be read.`,
        'Wait until they are read; what is not will be left out.',
      ),
      blocking: unready === pictures.length,
    });
  }
  const missing = pictures.filter((picture) => picture.flags === null).length;
  const cells = pictures.reduce((sum, picture) => sum + (picture.objects ?? 0), 0);
  if (missing > 0) {
    list.push(
      warn(
        'FOREGROUND_MISSING',
        `The cells of ${say(missing, 'picture')} of "${name}" have not been looked for yet.`,
        'Look at the foreground first: what is taken for a cell is what is learned.',
      ),
    );
  } else if (cells < FEW_CELLS) {
    list.push(
      warn(
        'CELLS_FEW',
        `"${name}" has about ${say(cells, 'cell')}; with fewer than ${FEW_CELLS} its variety is not seen.`,
        'Add pictures of this pure culture.',
      ),
    );
  }
  const open = (picture: TrainingPicture) =>
    picture.decision !== 'ACCEPTED' && (picture.flags?.length ?? 0) > 0;
  const flagged = pictures.filter(open).length;
  if (flagged > 0) {
    list.push(
      warn(
        'FOREGROUND_FLAGGED',
        `The mask of ${say(flagged, 'picture')} of "${name}" is flagged, and nobody has accepted it.`,
        'Look at the foreground: tune, accept or reject.',
      ),
    );
  }
  const replicates = new Set(pictures.map((picture) => picture.replicate));
  if (replicates.size < 2) {
    list.push(
      warn(
        'REPLICATE_SINGLE',
        `"${name}" comes from one replicate: whether the model carries over to another cannot be told.`,
        'Add pictures of a second culture, or name the replicates of the samples.',
      ),
    );
  }
  return list;
}

function mixedModality(pictures: readonly TrainingPicture[]): TrainingWarning[] {
  const kinds = [...new Set(pictures.map((picture) => picture.modality))];
  if (kinds.length < 2) return [];
  return [
    {
      code: 'MODALITY_MIXED',
      blocking: true,
      message: `The pictures were taken in different ways: ${kinds.map((kind) => kind.toLowerCase().replaceAll('_', ' ')).join(', ')}.`,
      cure: 'Train on snapshots of one modality.',
      subject: null,
    },
  ];
}

/** Pictures are rescaled by their pixel size; where it goes with the class, so does the sharpness. */
function mixedPixelSize(
  names: readonly string[],
  ofClass: readonly (readonly TrainingPicture[])[],
): TrainingWarning[] {
  const sizes = ofClass.flat().map((picture) => picture.pixelSizeUm);
  const known = sizes.filter((size) => size !== null);
  const list: TrainingWarning[] = [];
  const warn = (message: string): TrainingWarning => ({
    code: 'PIXEL_SIZE_MIXED',
    blocking: false,
    message,
    cure: 'Give every dataset its pixel size, and take all classes with the same objective.',
    subject: null,
  });
  if (known.length > 0 && known.length < sizes.length) {
    list.push(
      warn(
        `The pixel size of ${say(sizes.length - known.length, 'picture')} is not known, of the others it is.`,
      ),
    );
  }
  const least = Math.min(...known);
  const most = Math.max(...known);
  if (known.length > 0 && most / least > SAME_SIZE) {
    const told = names.flatMap((name, position) => {
      const own = new Set(ofClass[position]?.flatMap((picture) => picture.pixelSizeUm ?? []));
      return own.size === 0 ? [] : [`${name} ${[...own].map((size) => `${size} µm`).join(' and ')}`];
    });
    list.push(warn(`Pixel sizes differ: ${told.join(', ')}.`));
  }
  return list;
}

/** Classes that share no plate (or day) with any other: the network may learn that instead of the cells. */
function confounded(
  names: readonly string[],
  ofClass: readonly (readonly TrainingPicture[])[],
  what: 'plate' | 'day',
): TrainingWarning[] {
  const places = ofClass.map((pictures) => new Set(pictures.map((picture) => picture[what])));
  if (places.some((own) => own.has(null))) return [];
  const isGuess =
    what === 'day' && ofClass.some((pictures) => pictures.some(({ dayFrom }) => dayFrom !== 'EXPOSURE'));
  return names.flatMap((name, position) => {
    const own = places[position] ?? new Set();
    const shared = places.some((other, at) => at !== position && [...other].some((place) => own.has(place)));
    if (shared || own.size === 0) return [];
    return [
      {
        code:
          what === 'plate'
            ? ('CLASS_CONFOUNDED_WITH_PLATE' as const)
            : ('CLASS_CONFOUNDED_WITH_DAY' as const),
        blocking: false,
        message: isGuess
          ? `By the dates of the files "${name}" shares no day with another class. If the pictures were taken so, the network may learn the day instead of the cells; the dates may also be those of an export.`
          : `"${name}" shares no ${what} with another class: the network may learn the ${what} instead of the cells.`,
        cure: `${isGuess ? 'If they were taken on different days, add' : 'Add'} pictures of "${name}" and of another class from the same ${what}.`,
        subject: name,
      },
    ];
  });
}

function say(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
