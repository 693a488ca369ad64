'use client';

import { OnDemand } from '#ui/on-demand.tsx';
import { AccountButton } from './account-button.tsx';

const load = () => import('./account-menu-list.tsx');

export interface AccountMenuProps {
  readonly name: string;
  /** Whether this person runs the server. */
  readonly isOperator: boolean;
}

/** Places beside the daily work, theme and sign-out, below the initials. */
export function AccountMenu({ name, isOperator }: AccountMenuProps) {
  return (
    <OnDemand
      load={load}
      props={{ name, isOperator }}
      button={(events) => <AccountButton name={name} aria-haspopup="menu" {...events} />}
    />
  );
}
