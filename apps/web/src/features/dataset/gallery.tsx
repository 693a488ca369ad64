'use client';

import { fileOf } from '@cellmixer/sample-names';
import { clsx } from 'clsx';
import Link from 'next/link';
import { type MouseEvent, memo, useCallback, useMemo, useRef, useState } from 'react';
import { ask } from '#api/ask.ts';
import { Button } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { Swatch } from '#ui/swatch.tsx';
import { paths } from '../paths.ts';
import { DatasetQuery } from './dataset-query.ts';
import type { DatasetNode, GalleryImage, LineChoice } from './dataset-view.tsx';
import { LabelForm } from './label-form.tsx';
import { PatternForm } from './pattern-form.tsx';

export interface GalleryProps {
  readonly project: string;
  readonly dataset: DatasetNode;
  readonly images: readonly GalleryImage[];
  readonly hasMore: boolean;
  readonly lines: readonly LineChoice[];
}

/** The pictures; a click selects, shift goes from the last to here. What is selected can be labelled. */
export function Gallery({ project, dataset, images: first, hasMore: moreAtFirst, lines }: GalleryProps) {
  const [later, setLater] = useState<readonly GalleryImage[]>([]);
  const [cursor, setCursor] = useState<string | null | undefined>(undefined);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<number | null>(null);
  const images = useMemo(() => {
    const known = new Set(first.map(({ id }) => id));
    return [...first, ...later.filter(({ id }) => !known.has(id))];
  }, [first, later]);
  const names = useMemo(() => namesToRead(images), [images]);
  const hasMore = cursor === undefined ? moreAtFirst : cursor !== null;

  const loadMore = async () => {
    const after = cursor ?? dataset.images.pageInfo.endCursor;
    const { node } = await ask(DatasetQuery, { id: dataset.id, after });
    if (node?.__typename !== 'Dataset') return;
    const { edges, pageInfo } = node.images;
    setLater((before) => [...before, ...edges.map(({ node }) => node)]);
    setCursor(pageInfo.hasNextPage ? pageInfo.endCursor : null);
  };
  const select = (place: number, event: Pick<MouseEvent, 'shiftKey'>) => {
    const next = new Set(selected);
    const from = event.shiftKey && last !== null ? Math.min(last, place) : place;
    const to = event.shiftKey && last !== null ? Math.max(last, place) : place;
    const wanted = event.shiftKey || !selected.has(images[place]?.id ?? '');
    for (const image of images.slice(from, to + 1)) {
      if (wanted) next.add(image.id);
      else next.delete(image.id);
    }
    setSelected(next);
    setLast(place);
  };
  // One function for good, so that a click draws anew no card but its own.
  const latest = useRef(select);
  latest.current = select;
  const onSelect = useCallback((place: number, event: MouseEvent) => latest.current(place, event), []);
  if (images.length === 0) return <p className="py-6 text-base text-muted">No pictures yet.</p>;
  const unlabelled = images.filter(({ sample, status }) => sample === null && status !== 'FAILED');
  return (
    <>
      {dataset.viewerCanEdit && (
        <div className="mb-4 grid gap-4 lg:grid-cols-2">
          <LabelForm
            dataset={dataset.id}
            images={images.filter(({ id }) => selected.has(id))}
            lines={lines}
            onEnd={() => setSelected(new Set())}
          />
          <PatternForm dataset={dataset} names={names} lines={lines} />
        </div>
      )}
      <div className="mb-2 flex flex-wrap items-center gap-3 text-sm" hidden={!dataset.viewerCanEdit}>
        <span className="text-muted" role="status">
          {selected.size > 0
            ? `${formatCount(selected.size, 'picture')} selected`
            : 'Click pictures to select them, names to open them'}
        </span>
        {unlabelled.length > 0 && (
          <button
            type="button"
            className="text-link underline-offset-3 hover:underline"
            onClick={() => setSelected(new Set(unlabelled.map(({ id }) => id)))}
          >
            {`Select the ${unlabelled.length} not labelled yet`}
          </button>
        )}
        {selected.size > 0 && (
          <button
            type="button"
            className="text-link underline-offset-3 hover:underline"
            onClick={() => setSelected(new Set())}
          >
            Select none
          </button>
        )}
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        {images.map((image, place) => (
          <li key={image.id} className="[contain-intrinsic-size:9rem_11rem] [content-visibility:auto]">
            <ImageCard
              project={project}
              image={image}
              selected={selected.has(image.id)}
              place={place}
              onSelect={dataset.viewerCanEdit ? onSelect : null}
            />
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button className="mt-4" onClick={() => void loadMore()}>
          Show more
        </Button>
      )}
    </>
  );
}

/** Names of files that a pattern is for: of those without a sample, and of all where none is without. */
function namesToRead(images: readonly GalleryImage[]): string[] {
  const open = images.filter(({ sample, status }) => sample === null && status !== 'FAILED');
  return [...new Set((open.length > 0 ? open : images).map(({ name }) => fileOf(name)))];
}

interface ImageCardProps {
  readonly project: string;
  readonly image: GalleryImage;
  readonly selected: boolean;
  /** Among those that are shown. */
  readonly place: number;
  /** Null for those who may not label. */
  readonly onSelect: ((place: number, event: MouseEvent) => void) | null;
}

/** Drawn anew only where something of it has changed: there may be a thousand. */
const ImageCard = memo(function ImageCard({ project, image, selected, place, onSelect }: ImageCardProps) {
  const lines = image.cellLines;
  const file = fileOf(image.name);
  const says =
    lines.length > 0 ? lines.map(({ name }) => name).join(' + ') : (image.sample?.name ?? 'not labelled');
  const frame = 'flex aspect-4/3 w-full items-center justify-center bg-image';
  const picture =
    image.thumbnailUrl === null ? (
      <span className="px-2 text-[#bbb] text-xs">
        {image.status === 'FAILED' ? 'cannot be read' : 'being read …'}
      </span>
    ) : (
      <img
        src={image.thumbnailUrl}
        alt=""
        loading="lazy"
        decoding="async"
        width={image.width ?? 256}
        height={image.height ?? 192}
        className="size-full object-cover"
      />
    );
  return (
    <div
      className={clsx(
        'overflow-hidden rounded-ui border bg-surface',
        selected ? 'border-focus outline-1 outline-focus' : 'border-line',
      )}
    >
      {onSelect === null ? (
        <div className={frame}>{picture}</div>
      ) : (
        <button
          type="button"
          aria-pressed={selected}
          aria-label={`Select ${image.name}`}
          onClick={(event) => onSelect(place, event)}
          className={frame}
        >
          {picture}
        </button>
      )}
      <div className="px-2 py-1">
        <Link
          href={paths.image(project, image.id)}
          prefetch={false}
          title={`Open ${image.name}`}
          className="flex text-xs hover:underline"
        >
          <span className="truncate">{file}</span>
          {/* Which time point it is stands there however long the file's name. */}
          <span className="shrink-0 whitespace-pre">{image.name.slice(file.length)}</span>
        </Link>
        {image.status === 'FAILED' ? (
          <span className="line-clamp-4 text-bad text-xs [overflow-wrap:anywhere]">
            {image.errorMessage?.replace(`"${image.name}": `, '') ?? 'Not read'}
          </span>
        ) : (
          <span className="flex items-center gap-1 truncate text-muted text-xs">
            {lines.map(({ id, colour }) => (
              <Swatch key={id} colour={colour} className="size-2.5" />
            ))}
            <span className="truncate">{says}</span>
          </span>
        )}
      </div>
    </div>
  );
});
