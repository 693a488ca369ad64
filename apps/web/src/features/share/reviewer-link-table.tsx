'use client';

import { useMemo } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ReviewerLinkTable_ReviewerLinkFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Status } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';

const ReviewerLinkTable_reviewerLink = graphql(`
  fragment ReviewerLinkTable_reviewerLink on ReviewerLink {
    id
    note
    active
    revokedAt
    expiresAt
  }
`);

const RevokeReviewerLinkMutation = graphql(`
  mutation RevokeReviewerLink($input: RevokeReviewerLinkInput!) {
    revokeReviewerLink(input: $input) {
      ... on RevokeReviewerLinkPayload { reviewerLink { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Row = ReviewerLinkTable_ReviewerLinkFragment;

const facts: readonly TableColumn<Row>[] = [
  { id: 'note', header: 'For', grows: true, cell: ({ note }) => note || '–' },
  {
    id: 'active',
    header: 'Status',
    cell: ({ active, revokedAt }) =>
      active ? (
        <Status tone="good">Works</Status>
      ) : (
        <Status tone="off">{revokedAt === null ? 'Over' : 'Taken back'}</Status>
      ),
  },
  {
    id: 'expiresAt',
    header: 'Until',
    align: 'end',
    from: 'sm',
    sortBy: ({ expiresAt }) => expiresAt,
    cell: ({ expiresAt }) => formatDate(expiresAt),
  },
];

/** Links that show the dataset to reviewers, and those that did. */
export function ReviewerLinkTable({
  links,
}: {
  readonly links: readonly FragmentType<typeof ReviewerLinkTable_reviewerLink>[];
}) {
  const { mutate, busy, problem } = useMutate(RevokeReviewerLinkMutation);
  const toast = useToast();
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const revoke = async ({ id }: Row) => {
      if ((await mutate({ input: { reviewerLink: id } })) === null) return;
      toast({ says: 'The link shows nothing any more' });
    };
    return [
      ...facts,
      {
        id: 'revoke',
        header: '',
        align: 'end',
        cell: (row) =>
          row.active ? (
            <Button kind="quiet" className="-mx-3" disabled={busy} onClick={() => void revoke(row)}>
              Take back<span className="sr-only">{` the link for ${row.note || 'a reviewer'}`}</span>
            </Button>
          ) : null,
      },
    ];
  }, [mutate, toast, busy]);
  return (
    <div className="flex flex-col gap-2">
      <ProblemNote problem={problem} />
      <Table
        label="Links for reviewers"
        rows={readFragment(ReviewerLinkTable_reviewerLink, links)}
        columns={columns}
        rowKey={({ id }) => id}
        empty="No links."
      />
    </div>
  );
}
