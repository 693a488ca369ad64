import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { StepList } from '#ui/step-list.tsx';
import { CreateDataset } from '../dataset/create-dataset.tsx';
import { DatasetTable } from '../dataset/dataset-table.tsx';
import { paths } from '../paths.ts';
import { ReceivedShares } from '../share/received-shares.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { LiveProject } from './live-project.tsx';
import { projectSteps, stepsToLookAt } from './project-steps.ts';
import { ComparisonTable, ModelTable } from './results-tables.tsx';
import { SegmentationRunTable, TrainingRunTable } from './run-tables.tsx';
import { UpdateProject } from './update-project.tsx';

const ProjectQuery = graphql(`
  query Project($id: ID!, $organization: ID!) {
    project(id: $id) {
      id
      name
      description
      createdAt
      viewerCanEdit
      viewerCanManage
      viewerCanDelete
      ...UpdateProject_project
      datasets(first: 50) {
        edges {
          node {
            id
            imageCounts { total }
            foregroundSummary { pictures waiting flagged accepted tuned rejected }
            versions(first: 1) { edges { node { id } } }
            ...DatasetTable_dataset
          }
        }
      }
      trainingRuns(first: 20) { edges { node { id status ...TrainingRunTable_trainingRun } } }
      models(first: 20) { edges { node { id ...ModelTable_model } } }
      segmentationRuns(first: 20) { edges { node { id status ...SegmentationRunTable_segmentationRun } } }
      sharesReceived(first: 20) {
        edges {
          node {
            id
            dataset { id imageCounts { total } versions(first: 1) { edges { node { id } } } }
            ...ReceivedShares_share
          }
        }
      }
      comparisons(first: 20) { edges { node { id ...ComparisonTable_comparison } } }
    }
    cellLines(organization: $organization, first: 100) { edges { node { id } } }
  }
`);

/** A project: its six steps, and all that they have made. */
export async function ProjectPage({ id }: { readonly id: string }) {
  const lab = await currentLab();
  const { project, cellLines } = await read(ProjectQuery, { id, organization: lab.id });
  if (project === null) notFound();
  const mayEdit = project.viewerCanEdit;
  const nodes = <Node,>(list: { readonly edges: readonly { readonly node: Node }[] }) =>
    list.edges.map(({ node }) => node);
  const datasets = nodes(project.datasets);
  const trainings = nodes(project.trainingRuns);
  const models = nodes(project.models);
  const segmentations = nodes(project.segmentationRuns);
  const comparisons = nodes(project.comparisons);
  const shares = nodes(project.sharesReceived);
  const [newest] = datasets;
  const dataset = newest === undefined ? undefined : paths.dataset(id, newest.id);
  const lent = shares.flatMap(({ dataset: shared }) => (shared === null ? [] : [shared]));
  const hasSnapshot = [...datasets, ...lent].some(({ versions }) => versions.edges.length > 0);
  const steps = projectSteps(
    {
      lines: cellLines.edges.length,
      lent: {
        images: lent.reduce((sum, { imageCounts }) => sum + imageCounts.total, 0),
        snapshots: lent.reduce((sum, { versions }) => sum + versions.edges.length, 0),
      },
      datasets: datasets.map(({ imageCounts, foregroundSummary: masks, versions }) => ({
        images: imageCounts.total,
        pictures: masks.pictures,
        waiting: masks.waiting,
        flagged: masks.flagged,
        settled: masks.accepted + masks.tuned + masks.rejected,
        snapshots: versions.edges.length,
      })),
      trainings: trainings.map(({ status }) => status),
      segmentations: segmentations.map(({ status }) => status),
      comparisons: comparisons.length,
    },
    {
      lines: paths.cellLines(),
      ...(dataset === undefined ? {} : { cultures: dataset, foreground: `${dataset}/foreground` }),
      ...(mayEdit && hasSnapshot ? { training: paths.newRun(id) } : {}),
      ...(mayEdit && models.length > 0 ? { segmentation: paths.newSegmentationRun(id) } : {}),
      ...(mayEdit && segmentations.length > 1 ? { comparison: paths.newComparison(id) } : {}),
    },
  );
  const next = steps.find(({ state }) => state === 'next');
  return (
    <>
      <title>{`${project.name} – CellMixer`}</title>
      <LiveProject
        project={id}
        types={[
          'Project',
          'Dataset',
          'DatasetVersion',
          'TrainingRun',
          'Model',
          'SegmentationRun',
          'Comparison',
        ]}
      />
      <PageHeader
        path={[{ label: lab.name, href: paths.home() }]}
        title={project.name}
        says={project.description || `Begun on ${formatDate(project.createdAt)}`}
        actions={
          <>
            {project.viewerCanDelete && (
              <DeleteThing id={id} noun="project" name={project.name} to={paths.home()} />
            )}
            <UpdateProject project={project} />
            <More href={paths.projectPeople(id)}>People and sharing</More>
          </>
        }
      />
      <div className="mb-8">
        <StepList label="The path of this project" steps={mayEdit ? steps : stepsToLookAt(steps)} />
        {!mayEdit && next !== undefined && (
          <p className="mt-2 text-base text-muted">
            You look at this project. Its next step, “{next.title}”, is for{' '}
            <Link href={paths.projectPeople(id)} className="text-link underline underline-offset-3">
              its editors and managers
            </Link>
            .
          </p>
        )}
      </div>
      <Section
        title="Datasets"
        actions={mayEdit ? <CreateDataset project={id} first={datasets.length === 0} /> : undefined}
      >
        <DatasetTable project={id} datasets={datasets} />
      </Section>
      {shares.length > 0 && (
        <Section title="Lent to this project">
          <ReceivedShares project={id} shares={shares} canManage={project.viewerCanManage} />
        </Section>
      )}
      {trainings.length > 0 && (
        <Section
          title="Trainings"
          actions={mayEdit && hasSnapshot ? <More href={paths.newRun(id)}>New training</More> : undefined}
        >
          <TrainingRunTable project={id} runs={trainings} />
        </Section>
      )}
      {models.length > 0 && (
        <Section title="Models">
          <ModelTable project={id} models={models} />
        </Section>
      )}
      {segmentations.length > 0 && (
        <Section
          title="Segmentations"
          actions={mayEdit ? <More href={paths.newSegmentationRun(id)}>New segmentation</More> : undefined}
        >
          <SegmentationRunTable project={id} runs={segmentations} />
        </Section>
      )}
      {comparisons.length > 0 && (
        <Section
          title="Comparisons"
          actions={mayEdit ? <More href={paths.newComparison(id)}>New comparison</More> : undefined}
        >
          <ComparisonTable project={id} comparisons={comparisons} />
        </Section>
      )}
    </>
  );
}

function More({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} className={buttonStyle('plain')}>
      {children}
    </Link>
  );
}
