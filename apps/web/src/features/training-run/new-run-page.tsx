import Link from 'next/link';
import { forbidden, notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { collectCultures } from './cultures.ts';
import { NewRunForm } from './new-run-form.tsx';

const NewRunQuery = graphql(`
  query NewRun($id: ID!) {
    project(id: $id) {
      id
      name
      viewerCanEdit
      datasets(first: 100) {
        edges {
          node {
            id
            name
            versions(first: 10) {
              edges {
                node { id number createdAt populations { images cellLine { id name colour accession } } }
              }
            }
          }
        }
      }
      sharesReceived(first: 20, lentNow: true) {
        edges {
          node {
            id
            names { lender }
            dataset {
              id
              name
              versions(first: 10) {
                edges {
                  node { id number createdAt populations { images cellLine { id name colour accession } } }
                }
              }
            }
          }
        }
      }
    }
  }
`);

/** What to train on what; begins the training. */
export async function NewRunPage({ project: id }: { readonly project: string }) {
  const lab = await currentLab();
  const { project } = await read(NewRunQuery, { id });
  if (project === null) notFound();
  if (!project.viewerCanEdit) forbidden();
  const own = project.datasets.edges.map(({ node }) => node);
  const lent = project.sharesReceived.edges.flatMap(({ node: { names, dataset } }) =>
    dataset === null ? [] : [{ ...dataset, name: `${dataset.name} (lent by ${names.lender})` }],
  );
  const cultures = [...collectCultures(own), ...collectCultures(lent, true)];
  const lines = new Set(cultures.flatMap(({ lines: own }) => own.map((line) => line.id)));
  return (
    <>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(id) },
        ]}
        title="New training"
        says="A network learns from pure cultures alone which cell is which, by mixing them artificially. Nobody draws anything."
      />
      {lines.size < 2 ? (
        <EmptyState
          says={
            cultures.length === 0
              ? 'A training reads a snapshot of labelled pure cultures. Upload them, label each with its line, and take a snapshot.'
              : 'Telling apart needs pure pictures of two lines or more. Label pictures of another line, and take a new snapshot.'
          }
          action={
            <Link href={paths.project(id)} className={buttonStyle('primary')}>
              Go to the datasets
            </Link>
          }
        />
      ) : (
        <NewRunForm project={id} name={project.name} cultures={cultures} />
      )}
    </>
  );
}
