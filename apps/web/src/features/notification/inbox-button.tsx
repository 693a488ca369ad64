import { Bell } from 'lucide-react';
import type { ComponentProps } from 'react';

/** A bell with the number of what is unread. */
export function InboxButton({ unread, ...rest }: ComponentProps<'button'> & { readonly unread: number }) {
  return (
    <button
      type="button"
      aria-label={unread === 0 ? 'Inbox' : `Inbox, ${unread} unread`}
      {...rest}
      className="relative inline-flex size-8 items-center justify-center rounded-ui text-muted hover:bg-sunken hover:text-ink"
    >
      <Bell className="size-4" aria-hidden="true" />
      {unread > 0 && (
        <span className="absolute top-0.5 right-0.5 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-ink px-0.5 font-semibold text-[0.625rem] text-paper leading-none">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </button>
  );
}
