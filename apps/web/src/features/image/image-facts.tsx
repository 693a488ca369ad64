import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ImageFacts_ImageFragment } from '#graphql/graphql.ts';
import { formatBytes, formatClock, formatMoment, formatSpan } from '#ui/format.ts';

const ImageFacts_image = graphql(`
  fragment ImageFacts_image on Image {
    width
    height
    channels
    depth
    pixelSizeUm
    sizeBytes
    checksum
    timePoint { number of seconds }
    stack { planes picture plane }
    acquiredAt
    acquiredFrom
    createdAt
    sample {
      id
      name
      plate
      well
      replicate
      passage
      treatment
      dose
      doseUnit
      timeHours
      lines { fraction cellLine { id name } }
    }
  }
`);

/** What the file and the lab say of it; what nobody has said is left out. */
export function ImageFacts({ image: given }: { readonly image: FragmentType<typeof ImageFacts_image> }) {
  const image = readFragment(ImageFacts_image, given);
  const { sample } = image;
  const seeded = sample?.lines
    .filter(({ fraction }) => fraction !== null)
    .map(({ cellLine, fraction }) => `${cellLine.name} ${Math.round(100 * (fraction ?? 0))} %`);
  const facts: (readonly [name: string, value: string | number | null | undefined])[] = [
    ['Sample', sample?.name],
    ['Plate', sample?.plate],
    ['Well', sample?.well],
    ['Replicate', sample?.replicate],
    ['Passage', sample?.passage],
    ['Seeded', seeded?.join(', ')],
    ['Treatment', sample?.treatment],
    ['Dose', sample?.dose == null ? null : `${sample.dose} ${sample.doseUnit ?? ''}`.trim()],
    ['Time', sample?.timeHours == null ? null : `${sample.timeHours} h`],
    ['Size', image.width === null ? null : `${image.width} × ${image.height} px`],
    [
      'Channels',
      image.channels === null
        ? null
        : `${image.channels}${image.depth === null ? '' : `, ${image.depth} bit`}`,
    ],
    ['Time point', timePointOf(image)],
    ['Z-stack', stackOf(image)],
    ['Pixel size', image.pixelSizeUm === null ? 'not known' : `${image.pixelSizeUm} µm`],
    ['Taken', takenWords(image)],
    ['Uploaded', formatMoment(image.createdAt)],
    ['File', formatBytes(image.sizeBytes)],
  ];
  return (
    <dl className="min-w-0 text-sm">
      {facts.map(([name, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={name} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-2 border-line border-b py-1">
            <dt className="text-muted">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ),
      )}
      {image.checksum !== null && (
        <div className="py-1">
          <dt className="text-muted">SHA-256</dt>
          <dd className="font-mono text-xs [overflow-wrap:anywhere]">{image.checksum}</dd>
        </div>
      )}
    </dl>
  );
}

function takenWords({ acquiredAt, acquiredFrom }: ImageFacts_ImageFragment): string | null {
  if (acquiredAt === null) return null;
  const by =
    acquiredFrom === 'EXPOSURE'
      ? 'by the camera’s clock'
      : 'by the file’s own date, which may be that of an export';
  return `${formatClock(acquiredAt)}, ${by}`;
}

function timePointOf({ timePoint }: Pick<ImageFacts_ImageFragment, 'timePoint'>): string | null {
  if (timePoint === null) return null;
  const { number, of, seconds } = timePoint;
  const after = seconds === null || number === 1 ? '' : `, ${formatSpan(seconds)} after the first`;
  return `${number} of ${of} in this file${after}`;
}

function stackOf({ stack }: Pick<ImageFacts_ImageFragment, 'stack'>): string | null {
  if (stack === null) return null;
  const { planes, plane } = stack;
  return plane === null
    ? `the brightest of ${planes} planes at every place (maximum projection)`
    : `plane ${plane} of ${planes}, the sharpest`;
}
