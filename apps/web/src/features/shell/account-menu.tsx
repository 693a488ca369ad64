'use client';

import { LogOut } from 'lucide-react';
import { Menu, MenuChoice, MenuItem, MenuLine } from '#ui/menu.tsx';
import type { Theme } from '#ui/theme/theme.ts';
import { useTheme } from '#ui/theme/theme-provider.tsx';
import { postAuth } from '../account/post-auth.ts';
import { paths } from '../paths.ts';

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function AccountMenu({ name }: { readonly name: string }) {
  const { theme, setTheme } = useTheme();
  const signOut = async () => {
    await postAuth('sign-out', {});
    // A full load: nothing of the person stays in memory.
    location.assign(paths.signIn());
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name}`}
          className="flex h-8 items-center rounded-ui px-1 hover:bg-sunken"
        >
          <span
            aria-hidden="true"
            className="flex size-6 items-center justify-center rounded-full bg-ink font-semibold text-[0.6875rem] text-paper"
          >
            {initials(name)}
          </span>
        </button>
      }
    >
      <p className="truncate px-2 pt-1.5 pb-1 font-medium text-base">{name}</p>
      <MenuLine />
      <MenuChoice label="Theme" value={theme} onChange={setTheme} choices={themes} />
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('');
}
