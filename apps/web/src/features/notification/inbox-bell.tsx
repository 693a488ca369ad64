'use client';

import { type FragmentType, graphql, readFragment } from '#graphql';
import { OnDemand } from '#ui/on-demand.tsx';
import { InboxButton } from './inbox-button.tsx';

const InboxBell_viewer = graphql(`
  fragment InboxBell_viewer on Viewer {
    unreadNotifications
    notifications(first: 10) {
      edges { node { id text createdAt readAt subjectId subjectType project { id name } } }
    }
  }
`);

const load = () => import('./inbox-list.tsx');

/** What has happened for this person, newest first. */
export function InboxBell(props: { readonly viewer: FragmentType<typeof InboxBell_viewer> }) {
  const inbox = readFragment(InboxBell_viewer, props.viewer);
  return (
    <OnDemand
      load={load}
      props={{ inbox }}
      button={(events) => (
        <InboxButton unread={inbox.unreadNotifications} aria-haspopup="dialog" {...events} />
      )}
    />
  );
}
