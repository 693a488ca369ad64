'use client';

import Link from 'next/link';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { InboxBell_ViewerFragment } from '#graphql/graphql.ts';
import { formatMoment } from '#ui/format.ts';
import type { OpenedProps } from '#ui/on-demand.tsx';
import { Popover, PopoverClose } from '#ui/popover.tsx';
import { paths } from '../paths.ts';
import { InboxButton } from './inbox-button.tsx';

const MarkReadMutation = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      ... on MarkNotificationsReadPayload { count }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface InboxListProps {
  readonly inbox: InboxBell_ViewerFragment;
}

/** The newest ten; what was shown counts as read once it is closed. */
export default function InboxList({ inbox, defaultOpen }: InboxListProps & OpenedProps) {
  const { mutate } = useMutate(MarkReadMutation);
  const items = inbox.notifications.edges.map(({ node }) => node);
  const markRead = () => {
    const seen = items.filter(({ readAt }) => readAt === null).map(({ id }) => id);
    if (seen.length > 0) void mutate({ input: { notifications: seen } });
  };
  return (
    <Popover
      label="Inbox"
      defaultOpen={defaultOpen}
      onClose={markRead}
      trigger={<InboxButton unread={inbox.unreadNotifications} />}
    >
      {items.length === 0 ? (
        <p className="text-muted">
          Nothing has happened yet. Ends of runs, invitations and shares come here.
        </p>
      ) : (
        <ul className="-my-1 max-h-96 w-72 divide-y divide-line overflow-auto">
          {items.map((item) => (
            <li key={item.id} className="py-1.5">
              <p className={item.readAt === null ? 'font-medium' : undefined}>
                {item.subjectType === 'DatasetShare' ? (
                  <PopoverClose>
                    <Link href={paths.share(item.subjectId)} className="hover:underline">
                      {item.text}
                    </Link>
                  </PopoverClose>
                ) : (
                  item.text
                )}
              </p>
              <p className="text-muted text-xs">{formatMoment(item.createdAt)}</p>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
