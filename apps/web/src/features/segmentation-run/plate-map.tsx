'use client';

import { clsx } from 'clsx';
import dynamic from 'next/dynamic';
import { useId, useState } from 'react';
import { formatCount } from '#ui/format.ts';
import { Select } from '#ui/select.tsx';
import { percent } from './composition-points.ts';
import { drawPlate } from './draw-plate.ts';
import { type Plate, rowName, type Well } from './plate-wells.ts';

/** Its menu comes after the page. */
const SaveFigure = dynamic(() => import('#ui/save-figure.tsx').then((module) => module.SaveFigure), {
  ssr: false,
});

export interface PlateMapProps {
  readonly plates: readonly Plate[];
  /** In the model's order. */
  readonly classes: readonly { readonly name: string; readonly colour: string }[];
  /** Names of samples. */
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (samples: ReadonlySet<string>) => void;
  /** The data of all samples. */
  readonly csv: string;
  /** What exported files are called, without ending. */
  readonly fileName: string;
}

/** Share of one class well by well; a click takes a well's samples into the selection or out of it. */
export function PlateMap({ plates, classes, selected, onSelect, csv, fileName }: PlateMapProps) {
  const [shown, setShown] = useState(0);
  const id = useId();
  const toggle = ({ samples }: Well) => {
    const next = new Set(selected);
    const isIn = samples.every((name) => next.has(name));
    for (const name of samples) {
      if (isIn) next.delete(name);
      else next.add(name);
    }
    onSelect(next);
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2 text-base">
        <label htmlFor={id}>Share of</label>
        <Select
          id={id}
          className="w-44"
          value={shown}
          onChange={(event) => setShown(Number(event.target.value))}
        >
          {classes.map(({ name }, place) => (
            <option key={name} value={place}>
              {name}
            </option>
          ))}
        </Select>
        <span className="text-muted text-sm">in % of cells. Click wells to look at them alone.</span>
      </div>
      <div className="flex flex-wrap gap-6">
        {plates.map((plate) => (
          <PlateTable
            key={plate.name}
            plate={plate}
            place={shown}
            className={classes[shown]?.name ?? ''}
            colour={classes[shown]?.colour ?? '#888888'}
            selected={selected}
            onToggle={toggle}
            csv={csv}
            fileName={fileName}
          />
        ))}
      </div>
    </>
  );
}

interface PlateTableProps {
  readonly plate: Plate;
  readonly place: number;
  readonly className: string;
  readonly colour: string;
  readonly selected: ReadonlySet<string>;
  readonly onToggle: (well: Well) => void;
  readonly csv: string;
  readonly fileName: string;
}

function PlateTable(props: PlateTableProps) {
  const { plate, place, className, colour, selected, onToggle, csv, fileName } = props;
  const { name, rows, columns, wells } = plate;
  const title = name === '' ? 'Plate without a name' : name;
  const byPlace = new Map(wells.map((well) => [`${well.row} ${well.column}`, well]));
  // Of 384 wells none is wide enough for a number; the name of each says it.
  const dense = columns > 12;
  return (
    <figure className="hairline max-w-full overflow-x-auto rounded-ui bg-surface p-3">
      <figcaption className="mb-1 flex min-h-8 items-center justify-between gap-2 font-medium text-base">
        {title}
        <SaveFigure
          title={title}
          fileName={`${fileName} ${title} ${className}`}
          svg={(size) => drawPlate(plate, { place, name: className, colour }, size)}
          csv={() => csv}
        />
      </figcaption>
      <table className="border-separate border-spacing-0.5">
        <thead>
          <tr>
            <td />
            {Array.from({ length: columns }, (_, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
              <th key={column} scope="col" className="text-center font-normal text-muted text-xs">
                {column + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
            <tr key={row}>
              <th scope="row" className="pr-1 text-right font-normal text-muted text-xs">
                {rowName(row)}
              </th>
              {Array.from({ length: columns }, (_, column) => {
                const well = byPlace.get(`${row} ${column}`);
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
                  <td key={column} className="p-0">
                    {well === undefined ? (
                      <span
                        className={clsx(
                          'block rounded-full border border-line border-dashed',
                          dense ? 'size-5' : 'size-10',
                        )}
                      />
                    ) : (
                      <WellButton
                        well={well}
                        share={well.shares[place] ?? null}
                        says={className}
                        colour={colour}
                        dense={dense}
                        chosen={well.samples.every((sample) => selected.has(sample))}
                        onClick={() => onToggle(well)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface WellButtonProps {
  readonly well: Well;
  readonly share: number | null;
  readonly says: string;
  readonly colour: string;
  readonly dense: boolean;
  readonly chosen: boolean;
  readonly onClick: () => void;
}

function WellButton({ well, share, says, colour, dense, chosen, onClick }: WellButtonProps) {
  const words =
    share === null
      ? `${well.name}: no cells with a class`
      : `${well.name}: ${percent(share)} ${says}, ${formatCount(well.cells, 'cell')}`;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={words}
      title={`${words} (${well.samples.join(', ')})`}
      onClick={onClick}
      className={clsx(
        'flex items-center justify-center rounded-full border text-xs',
        dense ? 'size-5' : 'size-10',
        chosen ? 'border-focus outline-2 outline-focus' : 'border-edge/60',
      )}
      // The ground keeps its part even at 100 %, so that the number can be read on every colour.
      style={{
        backgroundColor: `color-mix(in oklab, ${colour} ${Math.round(60 * (share ?? 0))}%, transparent)`,
      }}
    >
      {!dense && (share === null ? '–' : Math.round(100 * share))}
    </button>
  );
}
