import { Swatch } from '#ui/swatch.tsx';
import type { DatasetNode } from './dataset-view.tsx';

const words = { PURE: '', MIXED: 'mixtures', UNLABELLED: 'not labelled yet' } as const;

/** What the pictures show, in numbers. */
export function PopulationBar({
  counts,
}: {
  readonly counts: Pick<DatasetNode['imageCounts'], 'total' | 'byPopulation'>;
}) {
  if (counts.total === 0) return null;
  return (
    <ul className="mb-4 flex flex-wrap gap-x-5 gap-y-1 text-base" aria-label="What the pictures show">
      {counts.byPopulation.map(({ kind, images, cellLine }) => (
        <li key={`${kind} ${cellLine?.id ?? ''}`} className="flex items-center gap-2">
          {cellLine !== null && <Swatch colour={cellLine.colour} />}
          <span className={kind === 'UNLABELLED' ? 'text-care' : ''}>{cellLine?.name ?? words[kind]}</span>
          <span className="text-muted">{images.toLocaleString('en-GB')}</span>
        </li>
      ))}
    </ul>
  );
}
