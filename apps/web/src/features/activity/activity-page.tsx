import Link from 'next/link';
import { forbidden, notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatMoment } from '#ui/format.ts';
import { PageHeader } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { readProjects } from '../project/read-projects.ts';
import { currentLab } from '../shell/current-lab.ts';
import { actionWords, detailWords } from './action-words.ts';
import { notedOnce } from './noted-once.ts';
import { ProjectFilter } from './project-filter.tsx';

const ActivityQuery = graphql(`
  query Activity($organization: ID!, $project: ID, $after: String) {
    organization(id: $organization) {
      id
      viewerCanManage
    }
    auditEvents(organization: $organization, project: $project, first: 50, after: $after) {
      edges { node { id action by { name } byApiKey subjectType subjectId details createdAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export interface ActivityPageProps {
  /** Only this project. */
  readonly project: string | null;
  readonly after: string | null;
}

/** Who changed what, newest first: for admins of the lab, and managers of projects. */
export async function ActivityPage({ project, after }: ActivityPageProps) {
  const lab = await currentLab();
  const [{ organization, auditEvents }, all] = await Promise.all([
    read(ActivityQuery, { organization: lab.id, project, after }),
    readProjects(lab.id),
  ]);
  if (organization === null) notFound();
  const projects = all.filter(({ viewerCanManage }) => viewerCanManage);
  if (!organization.viewerCanManage && projects.length === 0) forbidden();
  const events = notedOnce(auditEvents.edges.map(({ node }) => node));
  const { pageInfo } = auditEvents;
  return (
    <>
      <PageHeader
        title="Activity"
        says="Who changed what. It is written with the change itself and never altered."
        actions={<ProjectFilter projects={projects} chosen={project ?? ''} />}
      />
      {events.length === 0 ? (
        <p className="text-base text-muted">
          Nothing that you may see. Admins see the whole lab, managers their projects.
        </p>
      ) : (
        <ol className="hairline divide-y divide-line rounded-ui bg-surface">
          {events.map((event) => (
            <li key={event.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
              <span className="w-44 shrink-0 text-muted text-xs">{formatMoment(event.createdAt)}</span>
              <span className="min-w-0">
                <b className="font-medium">{event.by?.name ?? 'The server'}</b>
                {event.byApiKey && ' (by an API key)'} {actionWords(event.action)}
              </span>
              <span className="min-w-0 text-muted [overflow-wrap:anywhere]">
                {detailWords(event.details)}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="mt-4 flex gap-2">
        {after !== null && (
          <Link href={paths.activity(project ?? undefined)} className={buttonStyle('plain')}>
            To the newest
          </Link>
        )}
        {pageInfo.hasNextPage && pageInfo.endCursor !== null && (
          <Link
            href={paths.activity(project ?? undefined, pageInfo.endCursor)}
            className={buttonStyle('plain')}
          >
            Older
          </Link>
        )}
      </p>
    </>
  );
}
