import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { readProjects } from '../project/read-projects.ts';
import { currentLab } from '../shell/current-lab.ts';
import { CreateKey } from './create-key.tsx';
import { KeyTable } from './key-table.tsx';
import { Snippets } from './snippets.tsx';

const KeysQuery = graphql(`
  query Keys($organization: ID!) {
    organization(id: $organization) {
      id
      viewerCanManage
      apiKeys(first: 100) { edges { node { id ...KeyTable_apiKey } } }
    }
  }
`);

/** Ways in for programs: microscope computers, scripts, pipelines. */
export async function KeysPage() {
  const lab = await currentLab();
  const [{ organization }, projects] = await Promise.all([
    read(KeysQuery, { organization: lab.id }),
    readProjects(lab.id),
  ]);
  if (organization === null) notFound();
  const managed = projects.filter(({ viewerCanManage }) => viewerCanManage);
  const keys = organization.apiKeys.edges.map(({ node }) => node);
  return (
    <>
      <PageHeader
        title="API keys"
        says="By a key a program works with your rights at most: the microscope’s computer uploads, a script fetches results."
        actions={
          managed.length > 0 || organization.viewerCanManage ? (
            <CreateKey
              organization={organization.id}
              projects={managed}
              forLab={organization.viewerCanManage}
            />
          ) : undefined
        }
      />
      <div className="mb-8">
        <KeyTable keys={keys} />
      </div>
      <Section title="From a program">
        <Snippets projects={projects} />
      </Section>
    </>
  );
}
