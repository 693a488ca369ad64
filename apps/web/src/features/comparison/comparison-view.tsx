'use client';

import { useLive } from '#api/use-live.ts';
import type { ComparisonQuery as ComparisonData } from '#graphql/graphql.ts';
import { formatCount, formatMoment } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Progress } from '#ui/progress.tsx';
import { Badge } from '#ui/status.tsx';
import { paths } from '../paths.ts';
import { MethodsNote } from '../run/methods-note.tsx';
import { RunStatus } from '../run/run-status.tsx';
import { isUnderWay } from '../run/run-words.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { AcceptModel } from './accept-model.tsx';
import { AgreementList } from './agreement-list.tsx';
import { ComparisonPictures } from './comparison-pictures.tsx';
import { ComparisonQuery } from './comparison-query.ts';
import { ConfusionTables } from './confusion-tables.tsx';
import { FoundTable } from './found-table.tsx';
import { ScoreTable } from './score-table.tsx';
import { verdictOf } from './verdict.ts';

export interface ComparisonViewProps {
  readonly project: { readonly id: string; readonly name: string; readonly viewerCanEdit: boolean };
  readonly lab: string;
  readonly id: string;
  readonly initial: ComparisonData;
}

export type Comparison = Extract<NonNullable<ComparisonData['node']>, { readonly __typename: 'Comparison' }>;

/** Opens with one sentence; everything that it rests on stands below. */
export function ComparisonView({ project, lab, id, initial }: ComparisonViewProps) {
  const data = useLive(ComparisonQuery, { variables: { id }, initial, isRunning: runsStill, seconds: 3 });
  const comparison = comparisonOf(data) ?? comparisonOf(initial);
  if (comparison === null) return null;
  const { results, modelVersions } = comparison;
  const nameOf = namesOf(modelVersions);
  return (
    <>
      <PageHeader
        path={[
          { label: lab, href: paths.home() },
          { label: project.name, href: paths.project(project.id) },
        ]}
        title={comparison.name}
        facts={
          <>
            <RunStatus status={comparison.status} />
            {comparison.datasetVersion !== null && (
              <Badge>{`snapshot ${comparison.datasetVersion.number}`}</Badge>
            )}
          </>
        }
        says={`${modelVersions.map(({ id: version }) => nameOf(version)).join(', ')} · ${formatMoment(comparison.createdAt)}`}
        actions={
          comparison.viewerCanDelete && (
            <DeleteThing id={id} noun="comparison" name={comparison.name} to={paths.project(project.id)} />
          )
        }
      />
      {comparison.status === 'FAILED' && (
        <div role="alert" className="mb-8 max-w-3xl rounded-ui border border-bad/40 bg-bad/5 px-4 py-3">
          <p className="font-semibold text-bad text-base">The comparison has failed</p>
          <p className="mt-1 text-base">{comparison.errorMessage ?? 'No reason was given.'}</p>
          {comparison.errorCure !== null && <p className="mt-1 text-muted text-sm">{comparison.errorCure}</p>}
        </div>
      )}
      {isUnderWay(comparison.status) && (
        <div className="mb-8 max-w-md">
          <Progress label="Comparison" done={0} total={0} />
          <p className="mt-2 text-base text-muted">
            The images of all models are set against each other, pixel by pixel.
          </p>
        </div>
      )}
      {results !== null && (
        <>
          <VerdictNote comparison={comparison} nameOf={nameOf} />
          <AcceptModel comparison={comparison} nameOf={nameOf} mayEdit={project.viewerCanEdit} />
          <Section title="On the pictures">
            <ComparisonPictures comparison={comparison} nameOf={nameOf} />
          </Section>
          {results.models.some(({ judgement }) => judgement !== null) && (
            <Section title="Against the truth">
              <ScoreTable results={results} nameOf={nameOf} />
            </Section>
          )}
          <Section title={`What each found in ${formatCount(results.images, 'image')}`}>
            <FoundTable results={results} modelVersions={modelVersions} nameOf={nameOf} />
          </Section>
          <Section title="Where they agree">
            <AgreementList agreements={results.agreements} nameOf={nameOf} />
          </Section>
          <Section title="What was called what">
            <ConfusionTables results={results} nameOf={nameOf} />
          </Section>
        </>
      )}
      {comparison.methods !== null && <MethodsNote text={comparison.methods} />}
    </>
  );
}

export type NameOf = (modelVersion: string) => string;

interface VerdictNoteProps {
  readonly comparison: Comparison;
  readonly nameOf: NameOf;
}

function VerdictNote({ comparison: { results }, nameOf }: VerdictNoteProps) {
  if (results === null) return null;
  const { kind, says, because } = verdictOf(
    results.models.map(({ modelVersion, judgement }) => ({
      name: nameOf(modelVersion.id),
      miou: judgement?.scores.find(({ name }) => name === 'miou') ?? null,
      images: judgement?.images ?? 0,
      samples: judgement?.samples ?? 0,
    })),
    results.agreements[0]?.agree ?? null,
  );
  return (
    <div className="hairline mb-6 max-w-4xl rounded-ui bg-surface px-5 py-4" data-verdict={kind}>
      <p className="text-balance font-semibold text-xl">{says}</p>
      <p className="mt-1.5 text-base text-muted">{because}</p>
    </div>
  );
}

function namesOf(versions: Comparison['modelVersions']): NameOf {
  const names = new Map(
    versions.map(({ id, number, model, card }) => {
      // Its model is mostly called so already.
      const unsaid = card?.run.method === 'baseline' && !/baseline/i.test(model.name);
      return [id, `${model.name} v${number}${unsaid ? ' (baseline)' : ''}`];
    }),
  );
  return (id) => names.get(id) ?? 'a model';
}

function comparisonOf(data: ComparisonData): Comparison | null {
  return data.node?.__typename === 'Comparison' ? data.node : null;
}

function runsStill(data: ComparisonData): boolean {
  const comparison = comparisonOf(data);
  return comparison !== null && isUnderWay(comparison.status);
}
