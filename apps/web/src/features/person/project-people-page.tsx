import { notFound } from 'next/navigation';
import { allOf } from '#api/all-of.ts';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { CopyLine } from '#ui/copy-line.tsx';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { ReceivedShares } from '../share/received-shares.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { AddGrant } from './add-grant.tsx';
import { GrantTable } from './grant-table.tsx';

const ProjectPeopleQuery = graphql(`
  query ProjectPeople($id: ID!, $organization: ID!, $grants: String, $members: String, $teams: String) {
    project(id: $id) {
      id
      name
      shareCode
      viewerCanManage
      grants(first: 100, after: $grants) {
        edges { node { id member { id } team { id } ...GrantTable_grant } }
        pageInfo { hasNextPage endCursor }
      }
      sharesReceived(first: 100) { edges { node { id ...ReceivedShares_share } } }
    }
    organization(id: $organization) {
      id
      members(first: 100, after: $members) {
        edges { node { id role person { name } } }
        pageInfo { hasNextPage endCursor }
      }
      teams(first: 100, after: $teams) {
        edges { node { id name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** Who works in a project, and what other labs lend to it. */
export async function ProjectPeoplePage({ id }: { readonly id: string }) {
  const lab = await currentLab();
  const from = (places: { grants?: string; members?: string; teams?: string }) =>
    read(ProjectPeopleQuery, { id, organization: lab.id, ...places });
  const { project, organization } = await from({});
  if (project === null) notFound();
  const [grants, people, allTeams] = await Promise.all([
    allOf(project.grants, async (after) => (await from({ grants: after })).project?.grants),
    organization === null
      ? []
      : allOf(organization.members, async (after) => (await from({ members: after })).organization?.members),
    organization === null
      ? []
      : allOf(organization.teams, async (after) => (await from({ teams: after })).organization?.teams),
  ]);
  const shares = project.sharesReceived.edges.map(({ node }) => node);
  const placed = new Set(grants.map(({ member, team }) => member?.id ?? team?.id));
  const chiefs = people.filter(({ role }) => role === 'OWNER' || role === 'ADMIN');
  const free = people.filter((person) => !placed.has(person.id) && !chiefs.includes(person));
  const teams = allTeams.filter((team) => !placed.has(team.id));
  return (
    <>
      <title>{`People and sharing of ${project.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(id) },
        ]}
        title="People and sharing"
        says={
          chiefs.length === 0
            ? 'Who works in this project, and what others lend to it.'
            : `Owners and admins of the lab may do everything here: ${chiefs.map(({ person }) => person.name).join(', ')}.`
        }
      />
      <Section
        title="Roles in this project"
        actions={
          project.viewerCanManage ? (
            <AddGrant
              project={id}
              members={free.map((member) => ({ id: member.id, name: member.person.name }))}
              teams={teams}
            />
          ) : undefined
        }
      >
        <GrantTable project={id} grants={grants} canManage={project.viewerCanManage} />
      </Section>
      <Section title="Lent to this project">
        <ReceivedShares project={id} shares={shares} canManage={project.viewerCanManage} />
        <div className="mt-4 flex max-w-xl flex-col gap-2">
          <p className="text-muted">
            Another lab lends a dataset by this code, which tells nothing else about the project. Send it to
            whoever has the pictures; what they offer then waits here.
          </p>
          <CopyLine label="Share code of this project" text={project.shareCode} />
        </div>
      </Section>
    </>
  );
}
