import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Badge } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { paths } from '../paths.ts';
import { MethodsNote } from '../run/methods-note.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { EvaluationsQuery } from './evaluations-query.ts';
import { ExportModel } from './export-model.tsx';
import { ModelCultures } from './model-cultures.tsx';
import { ModelEvaluations } from './model-evaluations.tsx';
import { ModelFigures } from './model-figures.tsx';
import { ModelRecipe } from './model-recipe.tsx';
import { ModelVersions } from './model-versions.tsx';
import { NullSplit } from './null-split.tsx';
import { NullSplitQuery } from './null-split-query.ts';
import { stageNames } from './stage-names.ts';
import { VerdictPanel } from './verdict-panel.tsx';

const ModelQuery = graphql(`
  query Model($id: ID!, $project: ID!) {
    project(id: $project) {
      id
      name
      viewerCanEdit
      datasets(first: 40) {
        edges { node { id name versions(first: 5) { edges { node { id number annotatedImages } } } } }
      }
    }
    node(id: $id) {
      __typename
      ... on Model {
        id
        name
        viewerCanDelete
        versions(first: 50) { edges { node { id stage ...ModelVersions_modelVersion } } }
      }
    }
  }
`);

const ModelVersionQuery = graphql(`
  query ModelVersion($id: ID!) {
    node(id: $id) {
      __typename
      ... on ModelVersion {
        id
        number
        stage
        stageReason
        classes
        colours
        trainingRunId
        card { ...ModelCultures_modelCard ...ModelFigures_modelCard }
        ...VerdictPanel_modelVersion
        ...ModelRecipe_modelVersion
      }
    }
  }
`);

const ModelTrainingQuery = graphql(`
  query ModelTraining($id: ID!) {
    node(id: $id) { __typename ... on TrainingRun { id name methodsText } }
  }
`);

export interface ModelPageProps {
  readonly project: string;
  readonly id: string;
  /** Which version is shown; null: the accepted one, else the newest. */
  readonly version: string | null;
}

/** A model: whether it may be used and why, what it was made of, its versions. */
export async function ModelPage({ project: projectId, id, version: wanted }: ModelPageProps) {
  const [lab, { project, node: model }] = await Promise.all([
    currentLab(),
    read(ModelQuery, { id, project: projectId }),
  ]);
  if (project === null || model?.__typename !== 'Model') notFound();
  const versions = model.versions.edges.map((edge) => edge.node);
  const chosen =
    versions.find((one) => one.id === wanted) ??
    versions.find(({ stage }) => stage === 'ACCEPTED') ??
    versions[0];
  if (chosen === undefined) notFound();
  const [{ node: version }, evaluations] = await Promise.all([
    read(ModelVersionQuery, { id: chosen.id }),
    read(EvaluationsQuery, { id: chosen.id }),
  ]);
  if (version?.__typename !== 'ModelVersion') notFound();
  const [made, nullSplit] = await Promise.all([
    version.trainingRunId === null ? null : read(ModelTrainingQuery, { id: version.trainingRunId }),
    read(NullSplitQuery, { id: version.id }),
  ]);
  const training = made?.node?.__typename === 'TrainingRun' ? made.node : null;
  const name = `${model.name} v${version.number}`;
  const classes = version.classes.map((name, place) => ({
    name,
    colour: version.colours[place] ?? '#888888',
  }));
  return (
    <>
      <title>{`${model.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
        ]}
        title={model.name}
        facts={
          <>
            <Badge>{`v${version.number}`}</Badge>
            <Badge>{stageNames[version.stage]}</Badge>
          </>
        }
        says={version.stageReason === null ? undefined : `“${version.stageReason}”`}
        actions={
          <>
            {model.viewerCanDelete && (
              <DeleteThing id={id} noun="model" name={model.name} to={paths.project(projectId)} />
            )}
            <ExportModel version={version.id} name={name} />
            <Link className={buttonStyle('primary')} href={paths.newSegmentationRun(projectId, version.id)}>
              Try it on images
            </Link>
          </>
        }
      />
      <VerdictPanel
        version={version}
        nullSplit={
          <NullSplit
            key={version.id}
            project={projectId}
            version={version.id}
            initial={nullSplit}
            mayRun={project.viewerCanEdit}
          />
        }
      />
      <Section title="What it tells apart">
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-base">
          {classes.map(({ name, colour }) => (
            <li key={name} className="flex items-center gap-2">
              <Swatch colour={colour} />
              {name}
            </li>
          ))}
        </ul>
      </Section>
      {version.card !== null && (
        <>
          <Section title="What it was learned from">
            <ModelCultures card={version.card} colours={classes} />
          </Section>
          <Section title="How well">
            <ModelFigures card={version.card} classes={version.classes} />
          </Section>
        </>
      )}
      <Section title="On real mixtures">
        <ModelEvaluations
          key={version.id}
          project={projectId}
          version={version.id}
          initial={evaluations}
          snapshots={project.datasets.edges.flatMap(({ node: dataset }) =>
            dataset.versions.edges.flatMap(({ node: { id: snapshot, number, annotatedImages } }) =>
              annotatedImages === 0
                ? []
                : [
                    {
                      id: snapshot,
                      label: `${dataset.name}, snapshot ${number} (${formatCount(annotatedImages, 'annotated image')})`,
                    },
                  ],
            ),
          )}
          mayJudge={project.viewerCanEdit}
        />
      </Section>
      <Section title="Versions">
        <ModelVersions
          project={projectId}
          model={id}
          shown={version.id}
          versions={versions}
          mayDecide={project.viewerCanEdit}
        />
      </Section>
      <Section title="How it was made">
        <ModelRecipe project={projectId} training={training} version={version} />
      </Section>
      {training !== null && <MethodsNote text={training.methodsText} />}
    </>
  );
}
