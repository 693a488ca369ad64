import { forbidden, notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { readProjects } from '../project/read-projects.ts';
import { currentLab } from '../shell/current-lab.ts';
import { CreateReviewerLink } from './create-reviewer-link.tsx';
import { GivenShares } from './given-shares.tsx';
import { ReviewerLinkTable } from './reviewer-link-table.tsx';
import { ShareDataset } from './share-dataset.tsx';
import { lendingRules } from './share-words.ts';

const DatasetSharingQuery = graphql(`
  query DatasetSharing($project: ID!, $id: ID!) {
    project(id: $project) { id name viewerCanManage }
    node(id: $id) {
      __typename
      ... on Dataset {
        id
        name
        shares(first: 50) { edges { node { id ...GivenShares_share } } }
        reviewerLinks(first: 50) { edges { node { id ...ReviewerLinkTable_reviewerLink } } }
      }
    }
  }
`);

export interface DatasetSharingPageProps {
  readonly project: string;
  readonly id: string;
}

/** Who else sees a dataset: other labs and projects that it is lent to, and reviewers with a link. */
export async function DatasetSharingPage({ project: projectId, id }: DatasetSharingPageProps) {
  const lab = await currentLab();
  const [{ project, node: dataset }, projects] = await Promise.all([
    read(DatasetSharingQuery, { project: projectId, id }),
    readProjects(lab.id),
  ]);
  if (project === null || dataset?.__typename !== 'Dataset') notFound();
  if (!project.viewerCanManage) forbidden();
  const own = projects.filter((other) => other.id !== projectId);
  return (
    <>
      <title>{`Sharing of ${dataset.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
          { label: dataset.name, href: paths.dataset(projectId, id) },
        ]}
        title="Sharing"
        says={`Who sees “${dataset.name}” besides the people of this project.`}
      />
      <Section title="Labs and projects" actions={<ShareDataset dataset={id} own={own} />}>
        <GivenShares shares={dataset.shares.edges.map(({ node }) => node)} />
        <ul className="mt-3 flex max-w-2xl list-disc flex-col gap-1 pl-5 text-muted">
          {lendingRules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Section>
      <Section title="Reviewers" actions={<CreateReviewerLink dataset={id} />}>
        <ReviewerLinkTable links={dataset.reviewerLinks.edges.map(({ node }) => node)} />
        <p className="mt-3 max-w-2xl text-muted">
          Who has such a link looks at the pictures and labels of this dataset without an account, and at
          nothing else: for the reviewers of a paper.
        </p>
      </Section>
    </>
  );
}
