import Link from 'next/link';
import { type ReactNode, Suspense } from 'react';
import { PrepareClient } from '#api/prepare-client.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { SessionEnded } from '../account/session-ended.tsx';
import { InboxBell } from '../notification/inbox-bell.tsx';
import { paths } from '../paths.ts';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { readViewer } from './current-lab.ts';
import { MOMENT } from './in-a-moment.tsx';
import { LabSwitcher } from './lab-switcher.tsx';
import { MainNav } from './main-nav.tsx';
import { Mark } from './mark.tsx';
import { PageLoading } from './page-loading.tsx';
import { within } from './within.ts';

type Viewer = Awaited<ReturnType<typeof readViewer>>;

/**
 * What stands around every page of a lab. Where the server does not answer in a moment it comes without what depends on
 * who asks; that follows.
 */
export async function Shell({ children }: { readonly children: ReactNode }) {
  const known = await within(MOMENT, readViewer());
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
          <OfViewer known={known}>
            {({ labs, lab }) => lab !== null && <LabSwitcher labs={labs} current={lab} />}
          </OfViewer>
          <MainNav />
          <OfViewer known={known}>
            {({ viewer, name, isOperator }) => (
              <div className="ml-auto flex items-center gap-1">
                <InboxBell viewer={viewer} />
                <AccountMenu name={name} isOperator={isOperator} />
                <SessionEnded email={viewer.email} />
              </div>
            )}
          </OfViewer>
        </div>
        <ConnectionNote />
      </header>
      <PrepareClient />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl flex-1 px-4 pt-6 pb-16 outline-none max-sm:pb-24 sm:px-6"
      >
        <OfViewer known={known} meanwhile={<PageLoading />}>
          {({ lab }) =>
            lab === null ? (
              <EmptyState says="You are in no lab. An admin of a lab can invite you; the link that they send brings you in." />
            ) : (
              children
            )
          }
        </OfViewer>
      </main>
    </div>
  );
}

interface OfViewerProps {
  /** Null while it is read. */
  readonly known: Viewer | null;
  readonly meanwhile?: ReactNode;
  readonly children: (viewer: Viewer) => ReactNode;
}

/** A part that depends on who asks. The same tree both ways: else a page read again would lose what is typed in it. */
function OfViewer({ known, meanwhile, children }: OfViewerProps) {
  return (
    <Suspense fallback={meanwhile}>
      {known === null ? <OnceKnown>{children}</OnceKnown> : children(known)}
    </Suspense>
  );
}

async function OnceKnown({ children }: Pick<OfViewerProps, 'children'>) {
  return children(await readViewer());
}
