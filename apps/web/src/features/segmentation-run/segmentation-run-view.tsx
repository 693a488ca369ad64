'use client';

import { useState } from 'react';
import { useLive } from '#api/use-live.ts';
import { graphql } from '#graphql';
import type { SegmentationRunQuery as RunData } from '#graphql/graphql.ts';
import { formatCount, formatMoment } from '#ui/format.ts';
import { KeyNumber } from '#ui/key-number.tsx';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Progress } from '#ui/progress.tsx';
import { Badge } from '#ui/status.tsx';
import { coloursOfRun } from '#viewer/palette.ts';
import { paths } from '../paths.ts';
import { MethodsNote } from '../run/methods-note.tsx';
import { RunStatus } from '../run/run-status.tsx';
import { isUnderWay, withdrawnWords } from '../run/run-words.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { BrokenImages } from './broken-images.tsx';
import { CompositionPanel } from './composition-panel.tsx';
import { samplesOf } from './composition-points.ts';
import { CompositionTable } from './composition-table.tsx';
import { PlateMap } from './plate-map.tsx';
import { platesOf } from './plate-wells.ts';
import { ExportNote, SegmentationRunActions } from './segmentation-run-actions.tsx';
import { SegmentationRunQuery } from './segmentation-run-query.ts';
import { SegmentationTable } from './segmentation-table.tsx';

const SegmentationRunUpdated = graphql(`
  subscription SegmentationRunUpdated($id: ID!) {
    segmentationRunUpdated(segmentationRun: $id) { id status total done failed secondsLeft finishedAt }
  }
`);

export interface SegmentationRunViewProps {
  readonly project: { readonly id: string; readonly name: string; readonly viewerCanEdit: boolean };
  readonly lab: string;
  readonly id: string;
  readonly initial: RunData;
}

export type SegmentationRun = Extract<
  NonNullable<RunData['node']>,
  { readonly __typename: 'SegmentationRun' }
>;

/** Told by subscription as it goes; what was found is read again every few seconds, also after a lost connection. */
export function SegmentationRunView({ project, lab, id, initial }: SegmentationRunViewProps) {
  const data = useLive(SegmentationRunQuery, {
    variables: { id },
    initial,
    isRunning: runsStill,
    seconds: 4,
    toldBy: SegmentationRunUpdated,
  });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const run = runOf(data) ?? runOf(initial);
  if (run === null) return null;
  const underWay = isUnderWay(run.status);
  const model = run.modelVersion;
  const fileName = `${project.name} ${model.model.name} v${model.number}`;
  const samples = samplesOf(run.composition);
  const shown = selected.size === 0 ? samples : samples.filter(({ name }) => selected.has(name));
  const plates = platesOf(samples);
  const colours = coloursOfRun(model.colours);
  const classes = model.classes.map((name, place) => ({ name, colour: colours[place]?.colour ?? '#888888' }));
  const broken = run.broken.edges.map(({ node }) => node);
  const cells = run.composition.reduce((sum, group) => sum + group.composition.cells, 0);
  const unassigned = run.composition.reduce((sum, group) => sum + group.composition.unassignedCells, 0);
  return (
    <>
      <PageHeader
        path={[
          { label: lab, href: paths.home() },
          { label: project.name, href: paths.project(project.id) },
        ]}
        title={`Segmentation by ${model.model.name} v${model.number}`}
        facts={
          <>
            <RunStatus status={run.status} />
            {run.datasetVersion !== null && <Badge>{`snapshot ${run.datasetVersion.number}`}</Badge>}
            {run.withdrawn > 0 && <Badge>{withdrawnWords(run.withdrawn)}</Badge>}
            <Badge>{`threshold ${run.threshold.toFixed(2)}`}</Badge>
          </>
        }
        says={`Asked for on ${formatMoment(run.createdAt)}${run.finishedAt === null ? '' : `, ended on ${formatMoment(run.finishedAt)}`}`}
        actions={
          <>
            {run.viewerCanDelete && (
              <DeleteThing
                id={id}
                noun="segmentation by"
                name={`${model.model.name} v${model.number}`}
                to={paths.project(project.id)}
              />
            )}
            <SegmentationRunActions run={run} mayEdit={project.viewerCanEdit} />
          </>
        }
      />
      <ExportNote run={run} mayEdit={project.viewerCanEdit} />
      <div className="mb-8 grid gap-6 sm:grid-cols-3">
        <div>
          <KeyNumber
            label="Images"
            value={run.done.toLocaleString('en-GB')}
            says={`of ${run.total.toLocaleString('en-GB')}${run.failed > 0 ? `, ${run.failed.toLocaleString('en-GB')} failed` : ''}`}
          />
          {underWay && (
            <Progress
              className="mt-2"
              label="Segmentation"
              done={run.done + run.failed}
              total={run.status === 'QUEUED' ? 0 : run.total}
              secondsLeft={run.secondsLeft}
            />
          )}
        </div>
        <KeyNumber
          label="Cells with a class"
          value={cells.toLocaleString('en-GB')}
          says={unassigned > 0 ? `${unassigned.toLocaleString('en-GB')} more without one` : undefined}
        />
        <KeyNumber label="Samples" value={samples.length.toLocaleString('en-GB')} />
      </div>
      {broken.length > 0 && !underWay && (
        <BrokenImages run={id} images={broken} mayEdit={project.viewerCanEdit} />
      )}
      {samples.length > 0 ? (
        <>
          {plates.length > 0 && (
            <Section title="On the plate">
              <PlateMap
                plates={plates}
                classes={classes}
                selected={selected}
                onSelect={setSelected}
                csv={run.compositionCsv}
                fileName={fileName}
              />
            </Section>
          )}
          {selected.size > 0 && (
            <p role="status" className="mb-4 flex flex-wrap gap-x-3 text-base">
              {`Only ${formatCount(selected.size, 'selected sample')} below.`}
              <button
                type="button"
                className="text-link underline-offset-3 hover:underline"
                onClick={() => setSelected(new Set())}
              >
                Show all
              </button>
            </p>
          )}
          <CompositionPanel samples={shown} classes={classes} csv={run.compositionCsv} fileName={fileName} />
          <Section title="Samples">
            <CompositionTable samples={shown} classes={model.classes} />
          </Section>
          <Section title="Images">
            <SegmentationTable
              project={project.id}
              run={id}
              first={run.segmentations}
              selected={selected}
              total={run.done}
            />
          </Section>
          <MethodsNote text={run.methods} />
        </>
      ) : (
        underWay && (
          <p className="text-base text-muted">
            {run.status === 'QUEUED'
              ? 'It waits for a free worker. Compositions appear with the first image.'
              : 'Compositions appear with the first image.'}
          </p>
        )
      )}
    </>
  );
}

function runOf(data: RunData): SegmentationRun | null {
  return data.node?.__typename === 'SegmentationRun' ? data.node : null;
}

function runsStill(data: RunData): boolean {
  const run = runOf(data);
  if (run === null) return false;
  const leaving = run.exports.edges[0]?.node;
  return isUnderWay(run.status) || (leaving !== undefined && isUnderWay(leaving.status));
}
