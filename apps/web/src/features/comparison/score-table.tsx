'use client';

import { useMemo } from 'react';
import { Table, type TableColumn } from '#ui/table.tsx';
import { Term } from '#ui/term.tsx';
import type { Comparison, NameOf } from './comparison-view.tsx';
import { scoreNames } from './score-names.ts';

type Results = NonNullable<Comparison['results']>;

interface Row {
  readonly id: string;
  readonly says: string;
  /** In the models' order, as they are written. */
  readonly figures: readonly { readonly value: string; readonly interval: string }[];
}

/** Every metric with its interval, then class by class, the models beside each other. */
export function ScoreTable({ results, nameOf }: { readonly results: Results; readonly nameOf: NameOf }) {
  const rows = useMemo(() => rowsOf(results), [results]);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      { id: 'score', header: 'Figure', grows: true, cell: (row) => row.says },
      ...results.models.map(
        ({ modelVersion }, place): TableColumn<Row> => ({
          id: modelVersion.id,
          header: nameOf(modelVersion.id),
          align: 'end',
          cell: (row) => (
            <>
              {row.figures[place]?.value ?? '–'}
              <span className="ml-1.5 text-muted text-xs max-sm:block">{row.figures[place]?.interval}</span>
            </>
          ),
        }),
      ),
    ],
    [results, nameOf],
  );
  return (
    <>
      <Table label="Scores" rows={rows} columns={columns} rowKey={(row) => row.id} />
      <p className="mt-2 text-muted text-xs">
        <Term of="IoU">IoU</Term> is overlap by union: 1 is perfect. 95 % intervals draw whole samples again
        and again; there are none with fewer than two samples.
      </p>
    </>
  );
}

function rowsOf({ models }: Results): Row[] {
  const first = models.find(({ judgement }) => judgement !== null)?.judgement;
  if (first == null) return [];
  const scores = first.scores.map(
    ({ name }): Row => ({
      id: name,
      says: scoreNames[name],
      figures: models.map(({ judgement }) => {
        const score = judgement?.scores.find((one) => one.name === name);
        return {
          value: score?.value?.toFixed(2) ?? '–',
          interval:
            score?.low == null || score.high == null
              ? ''
              : `${score.low.toFixed(2)}–${score.high.toFixed(2)}`,
        };
      }),
    }),
  );
  const classes = first.classes.map(
    ({ name }): Row => ({
      id: `class ${name}`,
      says: `IoU of ${name}`,
      figures: models.map(({ judgement }) => ({
        value: judgement?.classes.find((one) => one.name === name)?.iou?.toFixed(2) ?? '–',
        interval: '',
      })),
    }),
  );
  // What none of them was measured by, such as cells where the truth has classes only.
  const measured = scores.filter(({ figures }) => figures.some(({ value }) => value !== '–'));
  return [...measured, ...classes];
}
