import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { PageHeader } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { AnswerShare } from './answer-share.tsx';
import { ENDING } from './share-words.ts';

const ShareQuery = graphql(`
  query Share($id: ID!) {
    node(id: $id) {
      __typename
      ... on DatasetShare {
        id
        status
        names { dataset lender project }
        project { id viewerCanManage }
        dataset { id project { id } }
        createdAt
        endedAt
      }
    }
  }
`);

/** An offer of a dataset: accepted into the project that it was made to, or declined. */
export async function SharePage({ id }: { readonly id: string }) {
  const lab = await currentLab();
  const { node: share } = await read(ShareQuery, { id });
  if (share?.__typename !== 'DatasetShare') notFound();
  const { status, names, project, dataset } = share;
  if (dataset != null && dataset.project !== null && project?.viewerCanManage !== true) {
    redirect(paths.sharing(dataset.project.id, dataset.id));
  }
  if (project === null) notFound();
  const header = (says: string) => (
    <PageHeader
      path={[
        { label: lab.name, href: paths.home() },
        { label: names.project, href: paths.project(project.id) },
      ]}
      title={`“${names.dataset}” from ${names.lender}`}
      says={says}
    />
  );
  const back = (
    <Link href={paths.project(project.id)} className={buttonStyle('plain')}>
      To the project
    </Link>
  );
  if (status === 'ACCEPTED') {
    return (
      <>
        {header(`It is lent to “${names.project}”.`)}
        {dataset === null ? (
          back
        ) : (
          <Link href={paths.dataset(project.id, dataset.id)} className={buttonStyle('primary')}>
            Look at the dataset
          </Link>
        )}
      </>
    );
  }
  if (status !== 'OFFERED') {
    const on = share.endedAt === null ? '' : ` on ${formatDate(share.endedAt)}`;
    return (
      <>
        {header(
          status === 'REVOKED'
            ? `${names.lender} has taken the dataset back${on}. ${ENDING}`
            : `The dataset was declined or handed back${on}. ${ENDING}`,
        )}
        {back}
      </>
    );
  }
  return (
    <>
      {header(`Offered to “${names.project}” on ${formatDate(share.createdAt)}.`)}
      <ul className="mb-5 flex max-w-2xl list-disc flex-col gap-1 pl-5 text-base">
        <li>
          Everybody in the project may look at its pictures, labels and snapshots, train with them and segment
          them.
        </li>
        <li>Nobody here can change or delete it, or lend it on.</li>
        <li>{names.lender} sees on which days it is worked with, not what comes of it.</li>
        <li>{`${names.lender} can take it back at any time. ${ENDING}`}</li>
      </ul>
      {project.viewerCanManage ? (
        <AnswerShare share={share.id} project={project.id} dataset={names.dataset} />
      ) : (
        <p className="text-base text-muted">A manager of the project decides.</p>
      )}
    </>
  );
}
