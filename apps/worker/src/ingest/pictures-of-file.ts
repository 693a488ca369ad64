import { CellMixerError } from '@cellmixer/errors';
import type { OpenedImage, PlaneIndex } from '@cellmixer/imaging';

/** Time points of one file; each becomes an image, and all of them appear at once. */
const MOST_TIME_POINTS = 1000;

/** One image of a file: a time point, or all there is. */
export interface FilePicture {
  /** From 1; null where the file holds one. */
  readonly timePoint: number | null;
  /** After the first time point, where the file says so. */
  readonly secondsSinceFirst: number | null;
  /** Several are a z-stack. */
  readonly planes: readonly PlaneIndex[];
}

type File = Pick<OpenedImage, 'name' | 'planes' | 'isNamed' | 'pictures' | 'secondsByTime'>;

/**
 * The images that a file gives, one for each time point. Nothing is guessed, and nothing left out.
 *
 * @throws IMAGE_AMBIGUOUS where the file does not say what its pictures are to each other
 * @throws IMAGE_TOO_LARGE beyond 1,000 time points
 */
export function picturesOfFile({ name, planes, isNamed, pictures, secondsByTime }: File): FilePicture[] {
  if (pictures > 1) {
    throw ambiguous(
      name,
      `it holds ${pictures} pictures (series), such as the positions of a plate`,
      'Save each as a file of its own: open the file in Fiji (Plugins › Bio-Formats), choose one series after the other, and save each as OME-TIFF.',
    );
  }
  if (!isNamed) {
    throw ambiguous(
      name,
      `it has ${planes.length} pages and does not say whether they are time points, planes of a stack, channels or fields`,
      'Open it in Fiji, say so in Image › Properties… (channels, slices, frames), and save it as TIFF; or save each page as a file of its own (Image › Stacks › Stack to Images).',
    );
  }
  const times = [...Map.groupBy(planes, ({ time }) => time)].sort(([a], [b]) => a - b);
  if (times.length > MOST_TIME_POINTS) {
    throw new CellMixerError(
      'IMAGE_TOO_LARGE',
      `"${name}": ${times.length} time points; at most ${MOST_TIME_POINTS} in one file`,
      { subject: name, cure: `Save it in parts of at most ${MOST_TIME_POINTS} time points.` },
    );
  }
  const start = secondsByTime[times[0]?.[0] ?? 0];
  return times.map(([time, own], i) => {
    const seconds = secondsByTime[time];
    const isSeries = times.length > 1;
    return {
      timePoint: isSeries ? i + 1 : null,
      secondsSinceFirst: isSeries && seconds !== undefined && start !== undefined ? seconds - start : null,
      planes: own.toSorted((a, b) => a.z - b.z),
    };
  });
}

function ambiguous(name: string, what: string, cure: string): CellMixerError {
  return new CellMixerError('IMAGE_AMBIGUOUS', `"${name}": ${what}`, { subject: name, cure });
}
