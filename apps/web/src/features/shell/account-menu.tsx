'use client';

import { OnDemand } from '#ui/on-demand.tsx';
import { AccountButton } from './account-button.tsx';

const load = () => import('./account-menu-list.tsx');

/** Theme and sign-out, below the initials. */
export function AccountMenu({ name }: { readonly name: string }) {
  return (
    <OnDemand
      load={load}
      props={{ name }}
      button={(events) => <AccountButton name={name} aria-haspopup="menu" {...events} />}
    />
  );
}
