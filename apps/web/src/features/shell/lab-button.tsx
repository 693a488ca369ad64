import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';

export function LabButton({ name, ...rest }: ComponentProps<'button'> & { readonly name: string }) {
  return (
    <button
      type="button"
      aria-label={`Lab: ${name}`}
      {...rest}
      className="flex h-8 min-w-0 items-center gap-1 rounded-ui px-1.5 font-semibold text-base hover:bg-sunken"
    >
      <span className="truncate">{name}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-muted" aria-hidden="true" />
    </button>
  );
}
