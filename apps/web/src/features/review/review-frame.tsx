import type { ReactNode } from 'react';
import { Mark } from '../shell/mark.tsx';
import { PageLoading } from '../shell/page-loading.tsx';

/** The page around what a reviewer sees: nothing of the lab, no menu. */
export function ReviewFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="mx-auto w-full max-w-7xl px-4 pt-5 pb-16 sm:px-6">
      <title>{`${title} – CellMixer`}</title>
      <p className="mb-6 flex items-center gap-2 font-semibold text-base">
        <Mark />
        CellMixer
      </p>
      {children}
    </main>
  );
}

/** While it is read. */
export function ReviewLoading() {
  return (
    <ReviewFrame title="Dataset">
      <PageLoading />
    </ReviewFrame>
  );
}
