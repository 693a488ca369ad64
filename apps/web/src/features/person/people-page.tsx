import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader } from '#ui/page-header.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { MemberTable } from './member-table.tsx';

const PeopleQuery = graphql(`
  query People($organization: ID!) {
    organization(id: $organization) {
      id
      members(first: 100) { edges { node { id ...MemberTable_member } } }
    }
  }
`);

/** Who is in the lab. */
export async function PeoplePage() {
  const lab = await currentLab();
  const { organization } = await read(PeopleQuery, { organization: lab.id });
  if (organization === null) notFound();
  return (
    <>
      <PageHeader title="People" says="Who is in the lab, and what each may do." />
      <MemberTable members={organization.members.edges.map(({ node }) => node)} />
    </>
  );
}
