import Link from 'next/link';
import { forbidden, notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { comparableSnapshots } from './comparable.ts';
import { NewComparisonForm } from './new-comparison-form.tsx';

const NewComparisonQuery = graphql(`
  query NewComparison($id: ID!) {
    project(id: $id) {
      id
      name
      viewerCanEdit
      datasets(first: 50) {
        edges { node { id name versions(first: 10) { edges { node { id number } } } } }
      }
      segmentationRuns(first: 100) {
        edges {
          node {
            id
            status
            done
            datasetVersion { id number }
            modelVersion { id number stage classes model { id name } }
          }
        }
      }
    }
  }
`);

/** Which models are set side by side on which images. */
export async function NewComparisonPage({ project: id }: { readonly project: string }) {
  const lab = await currentLab();
  const { project } = await read(NewComparisonQuery, { id });
  if (project === null) notFound();
  if (!project.viewerCanEdit) forbidden();
  const names = new Map(
    project.datasets.edges.flatMap(({ node }) =>
      node.versions.edges.map(({ node: { id: version, number } }) => [
        version,
        `${node.name}, snapshot ${number}`,
      ]),
    ),
  );
  const snapshots = comparableSnapshots(
    project.segmentationRuns.edges.map(({ node }) => node),
    names,
  );
  return (
    <>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(id) },
        ]}
        title="New comparison"
        says="Two to four models on the same images: where they agree, where not, and which is nearer to the truth where there is one."
      />
      {snapshots.length === 0 ? (
        <EmptyState
          says="Comparing needs one snapshot that two models with the same classes have segmented. Segment it by a second model, such as the baseline."
          action={
            <Link href={paths.newSegmentationRun(id)} className={buttonStyle('primary')}>
              New segmentation
            </Link>
          }
        />
      ) : (
        <NewComparisonForm project={id} name={project.name} snapshots={snapshots} />
      )}
    </>
  );
}
