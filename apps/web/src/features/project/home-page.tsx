import { notFound } from 'next/navigation';
import { allOf } from '#api/all-of.ts';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { formatBytes } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { CreateProject } from './create-project.tsx';
import { HomeEmpty } from './home-empty.tsx';
import { HomeOffers } from './home-offers.tsx';
import { HomeRunning } from './home-running.tsx';
import { HomeRunningQuery } from './home-running-query.ts';
import { ProjectTable } from './project-table.tsx';

const HomeQuery = graphql(`
  query Home($organization: ID!, $after: String) {
    organization(id: $organization) {
      id
      name
      usedBytes
      quotaBytes
      projects(first: 100, after: $after) {
        edges {
          node {
            id
            viewerCanManage
            sharesReceived(first: 5) { edges { node { id status ...HomeOffers_share } } }
            ...ProjectTable_project
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** A lab's home: what runs, and its projects. */
export async function HomePage() {
  const lab = await currentLab();
  const [{ organization }, running] = await Promise.all([
    read(HomeQuery, { organization: lab.id }),
    read(HomeRunningQuery, { organization: lab.id }),
  ]);
  if (organization === null) notFound();
  const projects = await allOf(
    organization.projects,
    async (after) => (await read(HomeQuery, { organization: lab.id, after })).organization?.projects,
  );
  if (projects.length === 0) {
    return (
      <>
        <PageHeader title={organization.name} />
        <HomeEmpty organization={lab.viewerCanBeginProjects ? organization.id : null} />
      </>
    );
  }
  const offers = projects
    .filter(({ viewerCanManage }) => viewerCanManage)
    .flatMap(({ sharesReceived }) => sharesReceived.edges.map(({ node }) => node))
    .filter(({ status }) => status === 'OFFERED');
  return (
    <>
      <PageHeader
        title={organization.name}
        says={`${formatBytes(organization.usedBytes)} of ${formatBytes(organization.quotaBytes)} used`}
        actions={lab.viewerCanBeginProjects ? <CreateProject organization={organization.id} /> : undefined}
      />
      <HomeOffers offers={offers} />
      <HomeRunning organization={lab.id} initial={running} />
      <Section title="Projects">
        <ProjectTable projects={projects} />
      </Section>
    </>
  );
}
