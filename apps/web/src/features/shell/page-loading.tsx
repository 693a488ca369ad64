import { PageSkeleton } from '#ui/skeleton.tsx';
import { LoadAgain } from './load-again.tsx';

/** In the place of a page while it is read. Shows its words by style alone: until the answer has come no script runs here. */
export function PageLoading() {
  return (
    <>
      <PageSkeleton />
      <div role="status" className="mt-6 animate-late text-base">
        <p>The server does not answer yet. This page waits for it, and shows as soon as it does.</p>
        <p className="mt-1 text-muted">
          What runs there goes on, and nothing is lost. <LoadAgain />
        </p>
      </div>
    </>
  );
}
