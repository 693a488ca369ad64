'use client';

import { clsx } from 'clsx';
import { CircleHelp, FlaskConical, FolderOpen, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '../paths.ts';

const places = [
  { label: 'Home', icon: FolderOpen, href: paths.home(), also: '/projects' },
  { label: 'Cell lines', icon: FlaskConical, href: paths.cellLines() },
  { label: 'People', icon: Users, href: paths.people() },
  { label: 'Help', icon: CircleHelp, href: paths.help() },
];

/** In the top bar; on a phone at the bottom, below the thumb. */
export function MainNav() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:border-line max-sm:border-t max-sm:bg-surface sm:ml-2"
    >
      <ul className="flex max-sm:justify-around sm:gap-0.5">
        {places.map(({ label, icon: Icon, href, also }) => {
          const here =
            path === href ||
            (href !== '/' && path.startsWith(href)) ||
            (also !== undefined && path.startsWith(also));
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={clsx(
                  'flex items-center rounded-ui text-base transition-colors max-sm:h-14 max-sm:w-20 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-xs sm:h-8 sm:px-2.5',
                  here ? 'font-medium text-ink sm:bg-sunken' : 'text-muted hover:text-ink sm:hover:bg-sunken',
                )}
              >
                <Icon className="size-5 sm:hidden" aria-hidden="true" />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
