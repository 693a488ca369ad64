'use client';

import { History, KeyRound, LogOut, Server, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Menu, MenuChoice, MenuItem, MenuLine } from '#ui/menu.tsx';
import type { OpenedProps } from '#ui/on-demand.tsx';
import type { Theme } from '#ui/theme/theme.ts';
import { useTheme } from '#ui/theme/theme-provider.tsx';
import { postAuth } from '../account/post-auth.ts';
import { paths } from '../paths.ts';
import { AccountButton } from './account-button.tsx';
import type { AccountMenuProps } from './account-menu.tsx';

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const places = [
  { label: 'API keys', icon: <KeyRound aria-hidden="true" />, href: paths.keys() },
  { label: 'Activity', icon: <History aria-hidden="true" />, href: paths.activity() },
  { label: 'Trash', icon: <Trash2 aria-hidden="true" />, href: paths.trash() },
];

const serverPlace = {
  label: 'Labs of this server',
  icon: <Server aria-hidden="true" />,
  href: paths.server(),
};

export default function AccountMenuList({ name, isOperator, defaultOpen }: OpenedProps & AccountMenuProps) {
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const signOut = async () => {
    await postAuth('sign-out', {});
    // A full load: nothing of the person stays in memory.
    location.assign(paths.signIn());
  };
  return (
    <Menu defaultOpen={defaultOpen} trigger={<AccountButton name={name} />}>
      <p className="truncate px-2 pt-1.5 pb-1 font-medium text-base">{name}</p>
      <MenuLine />
      {(isOperator ? [...places, serverPlace] : places).map(({ label, icon, href }) => (
        <MenuItem key={href} icon={icon} onSelect={() => router.push(href)}>
          {label}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuChoice label="Theme" value={theme} onChange={setTheme} choices={themes} />
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
