'use client';

import { type FragmentType, graphql, readFragment } from '#graphql';
import type { GivenShares_ShareFragment, ShareStatus } from '#graphql/graphql.ts';
import { formatCount, formatDate } from '#ui/format.ts';
import { Status } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { EndShare } from './end-share.tsx';
import { shareTones } from './share-words.ts';

const GivenShares_share = graphql(`
  fragment GivenShares_share on DatasetShare {
    id
    status
    names { dataset borrower project }
    createdAt
    acceptedAt
    endedAt
    uses { day work times }
  }
`);

type Row = GivenShares_ShareFragment;

const words: Readonly<Record<ShareStatus, string>> = {
  OFFERED: 'Offered',
  ACCEPTED: 'Lent',
  DECLINED: 'Declined or handed back',
  REVOKED: 'Taken back',
};

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'borrower',
    header: 'Lab',
    sortBy: ({ names }) => names.borrower,
    cell: ({ names }) => <span className="font-medium">{names.borrower}</span>,
  },
  { id: 'project', header: 'Project', grows: true, from: 'sm', cell: ({ names }) => names.project },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => <Status tone={shareTones[status]}>{words[status]}</Status>,
  },
  { id: 'uses', header: 'Used', from: 'md', cell: usesOf },
  {
    id: 'when',
    header: 'Since',
    align: 'end',
    from: 'md',
    sortBy: ({ createdAt, acceptedAt, endedAt }) => endedAt ?? acceptedAt ?? createdAt,
    cell: ({ createdAt, acceptedAt, endedAt }) => formatDate(endedAt ?? acceptedAt ?? createdAt),
  },
  {
    id: 'end',
    header: '',
    align: 'end',
    cell: (share) =>
      share.status === 'OFFERED' || share.status === 'ACCEPTED' ? (
        <EndShare share={share.id} dataset={share.names.dataset} end="takeBack">
          <p className="font-medium">{`${share.names.borrower}, ${share.names.project}: ${usesOf(share)}.`}</p>
        </EndShare>
      ) : null,
  },
];

/** To whom a dataset is lent or was, and how much they have worked with it. */
export function GivenShares({
  shares,
}: {
  readonly shares: readonly FragmentType<typeof GivenShares_share>[];
}) {
  return (
    <Table
      label="Labs and projects that it is shared with"
      rows={readFragment(GivenShares_share, shares)}
      columns={columns}
      rowKey={({ id }) => id}
      empty="It is shared with nobody."
    />
  );
}

/** Such as `3 trainings, 1 segmentation; last on 22 Nov 2026`. */
function usesOf({ uses }: Row): string {
  const times = (work: string) =>
    uses.filter((use) => use.work === work).reduce((sum, use) => sum + use.times, 0);
  const counts = [
    [times('TRAIN'), 'training'],
    [times('SEGMENT'), 'segmentation'],
    [times('EVALUATE'), 'evaluation'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, noun]) => formatCount(count, noun));
  const [newest] = uses;
  if (newest === undefined || said.length === 0) return 'not yet worked with';
  return `${said.join(', ')}; last on ${formatDate(newest.day)}`;
}
