import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './spinner.tsx';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once on a page; `danger` where something is deleted. */
  readonly kind?: ButtonKind;
  /** Shown before the words. */
  readonly icon?: ReactNode;
  /** Under way: cannot be clicked, and turns. */
  readonly busy?: boolean;
}

export function Button({ kind = 'plain', icon, busy = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      aria-busy={busy || undefined}
      className={clsx(buttonStyle(kind), className)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** The looks of a button for a link that is one in spirit: `<Link className={buttonStyle('primary')}>`. */
export function buttonStyle(kind: ButtonKind = 'plain'): string {
  return clsx(
    'inline-flex h-8 shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-ui px-3 font-medium text-base',
    'transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    kind === 'primary' && 'bg-ink text-paper hover:not-disabled:bg-ink/85',
    kind === 'plain' && 'border border-edge/60 bg-surface text-ink hover:not-disabled:bg-sunken',
    kind === 'quiet' && 'text-ink hover:not-disabled:bg-sunken',
    kind === 'danger' && 'border border-bad/50 bg-surface text-bad hover:not-disabled:bg-bad/10',
  );
}
