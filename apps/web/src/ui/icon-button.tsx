import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** What it does: read out, and shown beside the mouse. */
  readonly label: string;
}

/** A button of 32 px with one icon from `lucide-react`. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-ui text-muted transition-colors',
        'hover:not-disabled:bg-sunken hover:not-disabled:text-ink disabled:opacity-50 [&_svg]:size-4',
        className,
      )}
    />
  );
}
