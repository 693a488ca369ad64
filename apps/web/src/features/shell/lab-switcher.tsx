'use client';

import { OnDemand } from '#ui/on-demand.tsx';
import type { Lab } from './current-lab.ts';
import { LabButton } from './lab-button.tsx';

const load = () => import('./lab-list.tsx');

/** The lab that one is in; a menu where one is in several. */
export function LabSwitcher({ labs, current }: { readonly labs: readonly Lab[]; readonly current: Lab }) {
  if (labs.length < 2) {
    return (
      <span className="flex h-8 min-w-0 items-center px-1.5 font-semibold text-base">
        <span className="truncate">{current.name}</span>
      </span>
    );
  }
  return (
    <OnDemand
      load={load}
      props={{ labs, current }}
      button={(events) => <LabButton name={current.name} aria-haspopup="menu" {...events} />}
    />
  );
}
