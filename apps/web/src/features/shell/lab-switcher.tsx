'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Menu, MenuChoice } from '#ui/menu.tsx';
import { paths } from '../paths.ts';
import type { Lab } from './current-lab.ts';

/** The lab that one is in; a menu where one is in several. A cookie keeps the choice. */
export function LabSwitcher({ labs, current }: { readonly labs: readonly Lab[]; readonly current: Lab }) {
  const router = useRouter();
  const style = 'flex h-8 min-w-0 items-center gap-1 rounded-ui px-1.5 font-semibold text-base';
  if (labs.length < 2) {
    return (
      <span className={style}>
        <span className="truncate">{current.name}</span>
      </span>
    );
  }
  const choose = (id: string) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not to be had over plain HTTP
    document.cookie = `cellmixer.lab=${encodeURIComponent(id)}; path=/; max-age=${400 * 24 * 3600}; samesite=lax`;
    router.push(paths.home());
    router.refresh();
  };
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={`${style} hover:bg-sunken`} aria-label={`Lab: ${current.name}`}>
          <span className="truncate">{current.name}</span>
          <ChevronsUpDown className="size-3.5 shrink-0 text-muted" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        label="Lab"
        value={current.id}
        onChange={choose}
        choices={labs.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Menu>
  );
}
