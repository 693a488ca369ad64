import Link from 'next/link';
import { forbidden, notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql, readFragment } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { stageNames } from '../model/stage-names.ts';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { NewSegmentationForm } from './new-segmentation-form.tsx';

const NewSegmentationPage_dataset = graphql(`
  fragment NewSegmentationPage_dataset on Dataset {
    id
    name
    versions(first: 5) { edges { node { id number populations { images name } } } }
  }
`);

const NewSegmentationQuery = graphql(`
  query NewSegmentation($id: ID!) {
    project(id: $id) {
      id
      name
      viewerCanEdit
      models(first: 30) {
        edges {
          node {
            id
            name
            versions(first: 5) {
              edges { node { id number stage classes colours verdict { level sentence } card { run { method } } } }
            }
          }
        }
      }
      datasets(first: 40) { edges { node { id ...NewSegmentationPage_dataset } } }
      sharesReceived(first: 20, lentNow: true) {
        edges { node { id names { lender } dataset { id ...NewSegmentationPage_dataset } } }
      }
    }
  }
`);

/** Which images are segmented by which model; begins the run. */
export async function NewSegmentationPage({
  project: id,
  model: wanted,
}: {
  readonly project: string;
  /** The model version that is chosen at first; null: an accepted one. */
  readonly model: string | null;
}) {
  const lab = await currentLab();
  const { project } = await read(NewSegmentationQuery, { id });
  if (project === null) notFound();
  if (!project.viewerCanEdit) forbidden();
  const models = project.models.edges
    .flatMap(({ node }) =>
      node.versions.edges.map(({ node: version }) => ({
        id: version.id,
        label: `${node.name} v${version.number} (${stageNames[version.stage]})`,
        stage: version.stage,
        verdict: version.verdict,
        baseline: version.card?.run.method === 'baseline',
        classes: version.classes.map((name, place) => ({
          name,
          colour: version.colours[place] ?? '#888888',
        })),
      })),
    )
    .filter(({ id, stage }) => stage !== 'ARCHIVED' || id === wanted)
    // Accepted versions first; baselines, which are there to be held against, last.
    .toSorted(
      (a, b) =>
        Number(b.stage === 'ACCEPTED') - Number(a.stage === 'ACCEPTED') ||
        Number(a.baseline) - Number(b.baseline),
    );
  const chosen = models.find(({ id }) => id === wanted) ?? models[0];
  const own = readFragment(
    NewSegmentationPage_dataset,
    project.datasets.edges.map(({ node }) => node),
  );
  const lent = project.sharesReceived.edges.flatMap(({ node: { names, dataset: shared } }) => {
    const dataset = readFragment(NewSegmentationPage_dataset, shared);
    return dataset === null ? [] : [{ ...dataset, name: `${dataset.name} (lent by ${names.lender})` }];
  });
  const snapshots = [...own, ...lent]
    .flatMap((node) =>
      node.versions.edges.map(({ node: version }) => ({
        id: version.id,
        label: `${node.name}, snapshot ${version.number}`,
        mixtures: version.populations
          .filter(({ name }) => name === null)
          .reduce((sum, { images }) => sum + images, 0),
        images: version.populations.reduce((sum, { images }) => sum + images, 0),
      })),
    )
    .toSorted((a, b) => Number(b.mixtures > 0) - Number(a.mixtures > 0));
  return (
    <>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(id) },
        ]}
        title="New segmentation"
        says="A model says of every cell in these images which line it belongs to, and how many there are."
      />
      {models.length === 0 || snapshots.length === 0 ? (
        <EmptyState
          says={
            models.length === 0
              ? 'There is no model yet. Train one on pure cultures first; then it can segment mixtures.'
              : 'There is no snapshot yet. Upload pictures of mixtures to a dataset and take a snapshot of it.'
          }
          action={
            <Link
              href={models.length === 0 ? paths.newRun(id) : paths.project(id)}
              className={buttonStyle('primary')}
            >
              {models.length === 0 ? 'Train a model' : 'Go to the datasets'}
            </Link>
          }
        />
      ) : (
        <NewSegmentationForm project={id} models={models} chosen={chosen?.id ?? ''} snapshots={snapshots} />
      )}
    </>
  );
}
