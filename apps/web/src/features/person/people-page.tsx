import { notFound } from 'next/navigation';
import { allOf } from '#api/all-of.ts';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { readProjects } from '../project/read-projects.ts';
import { currentLab } from '../shell/current-lab.ts';
import { CreateTeam } from './create-team.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { InvitePerson } from './invite-person.tsx';
import { MemberTable } from './member-table.tsx';
import { TeamTable } from './team-table.tsx';

const PeopleQuery = graphql(`
  query People($organization: ID!, $members: String, $invitations: String, $teams: String) {
    organization(id: $organization) {
      id
      viewerCanManage
      members(first: 100, after: $members) {
        edges { node { id role isViewer person { name } ...MemberTable_member } }
        pageInfo { hasNextPage endCursor }
      }
      invitations(first: 100, after: $invitations) {
        edges { node { id ...InvitationTable_invitation } }
        pageInfo { hasNextPage endCursor }
      }
      teams(first: 100, after: $teams) {
        edges { node { id ...TeamTable_team } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** Who is in the lab, who is invited, and who gets rights together. */
export async function PeoplePage() {
  const lab = await currentLab();
  const from = async (places: { members?: string; invitations?: string; teams?: string }) =>
    (await read(PeopleQuery, { organization: lab.id, ...places })).organization;
  const [organization, all] = await Promise.all([from({}), readProjects(lab.id)]);
  if (organization === null) notFound();
  const { viewerCanManage } = organization;
  const [members, invitations, teams] = await Promise.all([
    allOf(organization.members, async (after) => (await from({ members: after }))?.members),
    allOf(organization.invitations, async (after) => (await from({ invitations: after }))?.invitations),
    allOf(organization.teams, async (after) => (await from({ teams: after }))?.teams),
  ]);
  const projects = all.filter((project) => project.viewerCanManage);
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
