'use client';

import { Bell } from 'lucide-react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { formatMoment } from '#ui/format.ts';
import { Popover } from '#ui/popover.tsx';

const InboxBell_viewer = graphql(`
  fragment InboxBell_viewer on Viewer {
    unreadNotifications
    notifications(first: 10) { edges { node { id text createdAt readAt } } }
  }
`);

const MarkReadMutation = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      ... on MarkNotificationsReadPayload { count }
      ... on UserError { code message cure subject }
    }
  }
`);

/** What has happened for this person, newest first; what is shown counts as read once it is closed. */
export function InboxBell(props: { readonly viewer: FragmentType<typeof InboxBell_viewer> }) {
  const { unreadNotifications: unread, notifications } = readFragment(InboxBell_viewer, props.viewer);
  const { mutate } = useMutate(MarkReadMutation);
  const items = notifications.edges.map(({ node }) => node);
  const markRead = () => {
    const seen = items.filter(({ readAt }) => readAt === null).map(({ id }) => id);
    if (seen.length > 0) void mutate({ input: { notifications: seen } });
  };
  return (
    <Popover
      label="Inbox"
      onClose={markRead}
      trigger={
        <button
          type="button"
          aria-label={unread === 0 ? 'Inbox' : `Inbox, ${unread} unread`}
          className="relative inline-flex size-8 items-center justify-center rounded-ui text-muted hover:bg-sunken hover:text-ink"
        >
          <Bell className="size-4" aria-hidden="true" />
          {unread > 0 && (
            <span className="absolute top-0.5 right-0.5 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-ink px-0.5 font-semibold text-[0.625rem] text-paper leading-none">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </button>
      }
    >
      {items.length === 0 ? (
        <p className="text-muted">
          Nothing has happened yet. Ends of runs, invitations and shares come here.
        </p>
      ) : (
        <ul className="-my-1 max-h-96 w-72 divide-y divide-line overflow-auto">
          {items.map((item) => (
            <li key={item.id} className="py-1.5">
              <p className={item.readAt === null ? 'font-medium' : undefined}>{item.text}</p>
              <p className="text-muted text-xs">{formatMoment(item.createdAt)}</p>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
