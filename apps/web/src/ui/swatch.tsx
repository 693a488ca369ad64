import { clsx } from 'clsx';

/** A class's colour with a casing that keeps it visible on every ground. Never alone: a name stands beside it. */
export function Swatch({ colour, className }: { readonly colour: string; readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('inline-block size-3 shrink-0 rounded-[2px] border border-ink/40', className)}
      style={{ backgroundColor: colour }}
    />
  );
}
