'use client';

import Link from 'next/link';
import type { RunStatus as Word } from '#graphql/graphql.ts';
import { Progress } from '#ui/progress.tsx';
import { RunStatus } from './run-status.tsx';

export interface RunningItem {
  readonly id: string;
  readonly href: string;
  /** What it is and where: `HeLa vs. MCF7`, `Training in Mixtures of May`. */
  readonly name: string;
  readonly says: string;
  readonly status: Word;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

/** What is under way, each with how far it is. */
export function RunningList({ items }: { readonly items: readonly RunningItem[] }) {
  return (
    <ul className="hairline divide-y divide-line rounded-ui bg-surface">
      {items.map((item) => (
        <li key={item.id}>
          <Link
            href={item.href}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-3 py-2 hover:bg-sunken sm:grid-cols-[minmax(0,1fr)_6rem_14rem]"
          >
            <span className="min-w-0">
              <span className="block truncate font-medium">{item.name}</span>
              <span className="block truncate text-muted text-xs">{item.says}</span>
            </span>
            <RunStatus status={item.status} />
            <Progress
              label={item.name}
              done={item.done}
              total={item.status === 'QUEUED' ? 1 : item.total}
              secondsLeft={item.status === 'RUNNING' ? item.secondsLeft : null}
              className="col-span-2 sm:col-span-1"
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}
