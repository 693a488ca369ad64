'use client';

import { useCallback, useMemo, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { SegmentationView_SegmentationFragment } from '#graphql/graphql.ts';
import { buttonStyle } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { Swatch } from '#ui/swatch.tsx';
import { coloursOfRun } from '#viewer/palette.ts';
import { ViewerGroup } from '#viewer/viewer-group.tsx';
import { DownloadLink } from '../download/download-link.tsx';
import { CELLS_OF_A_PAGE, CellTable } from './cell-table.tsx';
import { sendForViewer, Viewer } from './lazy-viewer.tsx';
import { useAddress } from './use-address.ts';
import { useWide } from './use-wide.ts';

const SegmentationView_segmentation = graphql(`
  fragment SegmentationView_segmentation on Segmentation {
    id
    status
    cellCount
    classMapUrl
    instancesUrl
    uncertaintyUrl
    overlayUrl
    cellsUrl
    image { id name pyramidUrl pixelSizeUm }
    modelVersion { id classes colours }
    composition { ...SegmentationView_composition }
    correctedComposition { ...SegmentationView_composition }
  }
`);
const SegmentationView_composition = graphql(`
  fragment SegmentationView_composition on Composition {
    cells
    unassignedCells
    classes { name position cells fraction low high }
  }
`);

sendForViewer();

export interface SegmentationViewProps {
  readonly segmentation: FragmentType<typeof SegmentationView_segmentation>;
  readonly link: string;
}

/** The picture with its classes, what was counted, and every cell. */
export function SegmentationView({ segmentation: given, link }: SegmentationViewProps) {
  const segmentation = readFragment(SegmentationView_segmentation, given);
  const [selected, setSelected] = useState<readonly number[]>([]);
  const [from, setFrom] = useState(0);
  const choose = useCallback((label: number) => setSelected([label]), []);
  if (segmentation.status !== 'SUCCEEDED') return null;
  return (
    <ViewerGroup>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <Picture
          segmentation={segmentation}
          link={link}
          selected={selected}
          onPick={(labels) => {
            setSelected(labels);
            // Labels count from 1 without gaps: the table turns to the page of the first.
            const [first] = labels;
            if (first !== undefined) setFrom(Math.floor((first - 1) / CELLS_OF_A_PAGE) * CELLS_OF_A_PAGE);
          }}
        />
        <Counts segmentation={segmentation} />
      </div>
      <CellTable
        segmentation={segmentation.id}
        selected={selected}
        from={from}
        onFrom={setFrom}
        onChoose={choose}
      />
    </ViewerGroup>
  );
}

interface PictureProps {
  readonly segmentation: SegmentationView_SegmentationFragment;
  readonly link: string;
  readonly selected: readonly number[];
  readonly onPick: (labels: readonly number[]) => void;
}

function Picture({ segmentation, link, selected, onPick }: PictureProps) {
  const { id, image, classMapUrl, instancesUrl, uncertaintyUrl, overlayUrl, modelVersion } = segmentation;
  const picture = useAddress(id, 'pyramid', image?.pyramidUrl ?? null);
  const classMap = useAddress(id, 'classMap', classMapUrl);
  const instances = useAddress(id, 'instances', instancesUrl);
  const uncertainty = useAddress(id, 'uncertainty', uncertaintyUrl);
  const classes = useMemo(
    () => modelVersion.classes.map((name, place) => ({ name, colour: modelVersion.colours[place] ?? null })),
    [modelVersion],
  );
  const wide = useWide();
  if (image === null || picture === null) {
    return (
      <p className="hairline rounded-ui bg-surface px-4 py-10 text-center text-base text-muted">
        The picture was withdrawn or is not lent any more. What was counted stays.
      </p>
    );
  }
  if (!wide) {
    return (
      <figure className="min-w-0">
        {overlayUrl !== null && (
          <img
            src={overlayUrl}
            alt={`${image.name} with its classes in colour`}
            className="w-full bg-image"
          />
        )}
        <figcaption className="mt-2 text-muted text-sm">
          Moving, zooming and picking cells need a screen of 768 pixels or more.
        </figcaption>
      </figure>
    );
  }
  return (
    <div className="h-[min(70vh,48rem)] min-w-0 overflow-hidden rounded-ui bg-image">
      <Viewer
        label={image.name}
        picture={picture}
        classMap={classMap}
        instances={instances}
        uncertainty={uncertainty}
        classes={classes}
        pixelSizeUm={image.pixelSizeUm}
        selected={selected}
        link={link}
        onLinkChange={keepLink}
        onPick={onPick}
      />
    </div>
  );
}

/** The view stays in the address, so that a copied link shows the same place. */
function keepLink(link: string): void {
  const address = new URL(location.href);
  address.searchParams.set('v', link);
  history.replaceState(history.state, '', address);
}

function Counts({ segmentation }: { readonly segmentation: SegmentationView_SegmentationFragment }) {
  const found = readFragment(
    SegmentationView_composition,
    segmentation.correctedComposition ?? segmentation.composition,
  );
  const colours = useMemo(() => coloursOfRun(segmentation.modelVersion.colours), [segmentation]);
  if (found == null) return null;
  return (
    <div className="min-w-0">
      <p className="text-muted text-xs">Cells with a class</p>
      <p className="font-semibold text-key">{found.cells.toLocaleString('en-GB')}</p>
      <p className="text-muted text-xs">
        {found.unassignedCells === 0
          ? 'Every cell has one'
          : `${formatCount(found.unassignedCells, 'more cell', 'more cells')} without one`}
        {segmentation.correctedComposition !== null && ' · with corrections'}
      </p>
      <ul className="mt-4 divide-y divide-line text-sm">
        {found.classes.map(({ name, position, cells, fraction, low, high }) => (
          <li key={name} className="flex items-start gap-2 py-1.5">
            <Swatch colour={colours[position - 1]?.colour ?? '#888888'} className="mt-1" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{name}</span>
            <span className="text-right">
              {fraction === null ? '–' : `${(100 * fraction).toFixed(1)} %`}
              <span className="block text-muted text-xs">
                {`${formatCount(cells, 'cell')} · ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted text-xs">95 % intervals of counting alone.</p>
      {segmentation.cellsUrl !== null && (
        <DownloadLink
          of={segmentation.id}
          href={segmentation.cellsUrl}
          className={`${buttonStyle('plain')} mt-4`}
        >
          All cells (CSV)
        </DownloadLink>
      )}
    </div>
  );
}
