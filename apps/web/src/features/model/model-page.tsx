import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatBytes, formatMoment } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Badge } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { ModelVersions } from './model-versions.tsx';
import { stageNames } from './stage-names.ts';

const ModelQuery = graphql(`
  query Model($id: ID!, $project: ID!) {
    project(id: $project) { id name viewerCanEdit }
    node(id: $id) {
      __typename
      ... on Model {
        id
        name
        versions(first: 50) {
          edges {
            node {
              id
              number
              classes
              colours
              checksum
              sizeBytes
              createdAt
              fileUrl
              stage
              ...ModelVersions_modelVersion
            }
          }
        }
      }
    }
  }
`);

/** A model: what it is good for, what it was made of, its versions. */
export async function ModelPage({
  project: projectId,
  id,
}: {
  readonly project: string;
  readonly id: string;
}) {
  const [lab, { project, node }] = await Promise.all([
    currentLab(),
    read(ModelQuery, { id, project: projectId }),
  ]);
  if (project === null || node?.__typename !== 'Model') notFound();
  const versions = node.versions.edges.map((edge) => edge.node);
  const shown = versions.find(({ stage }) => stage === 'ACCEPTED') ?? versions[0];
  return (
    <>
      <title>{`${node.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
        ]}
        title={node.name}
        facts={
          shown === undefined ? undefined : <Badge>{`v${shown.number} · ${stageNames[shown.stage]}`}</Badge>
        }
        actions={
          shown === undefined ? undefined : (
            <>
              <a className={buttonStyle('plain')} href={shown.fileUrl} download>
                Download
              </a>
              <Link className={buttonStyle('primary')} href={paths.newSegmentationRun(projectId)}>
                Segment with it
              </Link>
            </>
          )
        }
      />
      {shown !== undefined && (
        <Section title="What it tells apart">
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-base">
            {shown.classes.map((name, place) => (
              <li key={name} className="flex items-center gap-2">
                <Swatch colour={shown.colours[place] ?? '#888888'} />
                {name}
              </li>
            ))}
          </ul>
          <p className="mt-2 text-muted text-xs">
            {`Made on ${formatMoment(shown.createdAt)} · ${formatBytes(shown.sizeBytes)} · SHA-256 `}
            <span className="font-mono [overflow-wrap:anywhere]">{shown.checksum}</span>
          </p>
        </Section>
      )}
      <Section title="Versions">
        <ModelVersions versions={versions} mayDecide={project.viewerCanEdit} />
      </Section>
    </>
  );
}
