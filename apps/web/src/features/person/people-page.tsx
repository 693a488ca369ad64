import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { CreateTeam } from './create-team.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { InvitePerson } from './invite-person.tsx';
import { MemberTable } from './member-table.tsx';
import { TeamTable } from './team-table.tsx';

const PeopleQuery = graphql(`
  query People($organization: ID!) {
    organization(id: $organization) {
      id
      viewerCanManage
      members(first: 100) {
        edges { node { id role isViewer person { name } ...MemberTable_member } }
        pageInfo { hasNextPage }
      }
      invitations(first: 100) { edges { node { id ...InvitationTable_invitation } } }
      teams(first: 50) { edges { node { id ...TeamTable_team } } }
      projects(first: 100) { edges { node { id name viewerCanManage } } }
    }
  }
`);

/** Who is in the lab, who is invited, and who gets rights together. */
export async function PeoplePage() {
  const lab = await currentLab();
  const { organization } = await read(PeopleQuery, { organization: lab.id });
  if (organization === null) notFound();
  const { viewerCanManage } = organization;
  const members = organization.members.edges.map(({ node }) => node);
  const invitations = organization.invitations.edges.map(({ node }) => node);
  const teams = organization.teams.edges.map(({ node }) => node);
  const projects = organization.projects.edges
    .map(({ node }) => node)
    .filter((project) => project.viewerCanManage);
  const isOwner = members.some(({ isViewer, role }) => isViewer && role === 'OWNER');
  const choices = members.map(({ id, person }) => ({ id, name: person.name }));
  return (
    <>
      <PageHeader
        title="People"
        says="Who is in the lab, and what each may do."
        actions={
          viewerCanManage || projects.length > 0 ? (
            <InvitePerson
              organization={organization.id}
              projects={projects}
              forLab={viewerCanManage}
              isOwner={isOwner}
            />
          ) : undefined
        }
      />
      <div className="mb-8">
        <MemberTable members={members} canManage={viewerCanManage} isOwner={isOwner} lab={lab.name} />
        {organization.members.pageInfo.hasNextPage && (
          <p className="mt-2 text-muted text-xs">The first 100.</p>
        )}
      </div>
      {invitations.length > 0 && (
        <Section title="Invited">
          <InvitationTable invitations={invitations} />
        </Section>
      )}
      {(viewerCanManage || teams.length > 0) && (
        <Section
          title="Teams"
          actions={
            viewerCanManage ? <CreateTeam organization={organization.id} members={choices} /> : undefined
          }
        >
          <TeamTable teams={teams} members={choices} canManage={viewerCanManage} />
        </Section>
      )}
    </>
  );
}
