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
          Nothing yet. You hear here when a training or segmentation of yours ends, and when a dataset is
          lent.
        </p>
      ) : (
        <ul className="-my-1 max-h-96 w-72 divide-y divide-line overflow-auto">
          {items.map((item) => (
            <li key={item.id} className="py-1.5">
              <p className={item.readAt === null ? 'font-medium' : undefined}>
                <News item={item} />
              </p>
              <p className="text-muted text-xs">
                {formatMoment(item.createdAt)}
                {item.project !== null && ` · ${item.project.name}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

type Item = InboxBell_ViewerFragment['notifications']['edges'][number]['node'];

/** The sentence, as a link to what it is about where that can be looked at. */
function News({ item }: { readonly item: Item }) {
  const to = pageOf(item);
  if (to === null) return item.text;
  return (
    <PopoverClose>
      <Link href={to} className="hover:underline">
        {item.text}
      </Link>
    </PopoverClose>
  );
}

function pageOf({ subjectType, subjectId, project }: Item) {
  if (subjectType === 'DatasetShare') return paths.share(subjectId);
  if (project === null) return null;
  if (subjectType === 'TrainingRun') return paths.run(project.id, subjectId);
  return subjectType === 'SegmentationRun' ? paths.segmentationRun(project.id, subjectId) : null;
}
