import type { ReactNode } from 'react';
import { Mark } from '../shell/mark.tsx';

/** A page before the lab: the mark, a title, one form. */
export function EntryPage({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col px-5 pt-[12vh] pb-16">
      <div className="mb-8 flex items-center gap-2 font-semibold text-lg">
        <Mark />
        CellMixer
      </div>
      <h1 className="font-semibold text-xl">{title}</h1>
      {says !== undefined && <p className="mt-1 text-base text-muted">{says}</p>}
      <div className="mt-5">{children}</div>
    </main>
  );
}
