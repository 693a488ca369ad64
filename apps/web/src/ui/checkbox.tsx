'use client';

import type { ComponentProps, ReactNode } from 'react';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

export function Checkbox({ label, hint, ...rest }: CheckboxProps) {
  return (
    <label className="flex items-start gap-2 py-1.5 text-base has-disabled:opacity-60">
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-ink" />
      <span>
        {label}
        {hint !== undefined && <span className="block text-muted text-xs">{hint}</span>}
      </span>
    </label>
  );
}
