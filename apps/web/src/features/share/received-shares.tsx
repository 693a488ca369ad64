'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ReceivedShares_ShareFragment, ShareStatus } from '#graphql/graphql.ts';
import { buttonStyle } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { Status } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import { EndShare } from './end-share.tsx';
import { shareTones } from './share-words.ts';

const ReceivedShares_share = graphql(`
  fragment ReceivedShares_share on DatasetShare {
    id
    status
    names { dataset lender }
    dataset { id }
    createdAt
    acceptedAt
    endedAt
  }
`);

type Row = ReceivedShares_ShareFragment;

const words: Readonly<Record<ShareStatus, string>> = {
  OFFERED: 'Offered, waits for an answer',
  ACCEPTED: 'Lent',
  DECLINED: 'Declined or handed back',
  REVOKED: 'Taken back by its lab',
};

export interface ReceivedSharesProps {
  readonly project: string;
  readonly shares: readonly FragmentType<typeof ReceivedShares_share>[];
  readonly canManage: boolean;
}

/** What other labs or projects lend to this one, also what has ended: so that nobody looks for it in vain. */
export function ReceivedShares({ project, shares, canManage }: ReceivedSharesProps) {
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'dataset',
        header: 'Dataset',
        grows: true,
        cell: ({ dataset, names }) =>
          dataset === null ? (
            <span className="font-medium">{names.dataset}</span>
          ) : (
            <Link href={paths.dataset(project, dataset.id)} className="font-medium hover:underline">
              {names.dataset}
            </Link>
          ),
      },
      { id: 'lender', header: 'From', cell: ({ names }) => names.lender },
      {
        id: 'status',
        header: 'Status',
        from: 'sm',
        cell: ({ status }) => <Status tone={shareTones[status]}>{words[status]}</Status>,
      },
      {
        id: 'when',
        header: 'Since',
        align: 'end',
        from: 'md',
        cell: ({ createdAt, acceptedAt, endedAt }) => formatDate(endedAt ?? acceptedAt ?? createdAt),
      },
      {
        id: 'answer',
        header: '',
        align: 'end',
        cell: (share) =>
          canManage && share.status === 'OFFERED' ? (
            <Link href={paths.share(share.id)} className={buttonStyle('quiet')}>
              Answer
            </Link>
          ) : canManage && share.status === 'ACCEPTED' ? (
            <EndShare share={share.id} dataset={share.names.dataset} end="handBack" />
          ) : null,
      },
    ],
    [project, canManage],
  );
  return (
    <Table
      label="Datasets lent to this project"
      rows={readFragment(ReceivedShares_share, shares)}
      columns={columns}
      rowKey={({ id }) => id}
      empty="Nothing is lent to this project."
    />
  );
}
