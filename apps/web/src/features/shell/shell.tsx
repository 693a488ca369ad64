import Link from 'next/link';
import type { ReactNode } from 'react';
import { PrepareClient } from '#api/prepare-client.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { SessionEnded } from '../account/session-ended.tsx';
import { InboxBell } from '../notification/inbox-bell.tsx';
import { paths } from '../paths.ts';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { readViewer } from './current-lab.ts';
import { LabSwitcher } from './lab-switcher.tsx';
import { MainNav } from './main-nav.tsx';
import { Mark } from './mark.tsx';

/** What stands around every page of a lab. */
export async function Shell({ children }: { readonly children: ReactNode }) {
  const { viewer, name, isOperator, labs, lab } = await readViewer();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-surface focus:px-3 focus:py-1.5 focus:shadow-float"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-30 border-line border-b bg-surface">
        <div className="mx-auto flex h-12 max-w-7xl items-center gap-1 px-4 sm:px-6">
          <Link href={paths.home()} aria-label="CellMixer, home" className="mr-1 shrink-0 p-1">
            <Mark />
          </Link>
          {lab !== null && <LabSwitcher labs={labs} current={lab} />}
          <MainNav />
          <div className="ml-auto flex items-center gap-1">
            <InboxBell viewer={viewer} />
            <AccountMenu name={name} isOperator={isOperator} />
          </div>
        </div>
      </header>
      <ConnectionNote />
      <PrepareClient />
      <SessionEnded email={viewer.email} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl flex-1 px-4 pt-6 pb-16 outline-none max-sm:pb-24 sm:px-6"
      >
        {lab === null ? (
          <EmptyState says="You are in no lab. An admin of a lab can invite you; the link that they send brings you in." />
        ) : (
          children
        )}
      </main>
    </div>
  );
}
