import type { ComponentProps } from 'react';

/** The initials of who is signed in. */
export function AccountButton({ name, ...rest }: ComponentProps<'button'> & { readonly name: string }) {
  return (
    <button
      type="button"
      aria-label={`Account of ${name}`}
      {...rest}
      className="flex h-8 items-center rounded-ui px-1 hover:bg-sunken"
    >
      <span
        aria-hidden="true"
        className="flex size-6 items-center justify-center rounded-full bg-ink font-semibold text-[0.6875rem] text-paper"
      >
        {initials(name)}
      </span>
    </button>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('');
}
