'use client';

import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { controlStyle, useField } from './field.tsx';

/** One of a few: the system's own list, which phones and screen readers know. `<option>`s are its children. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative block', className)}>
      <select {...useField()} {...rest} className={clsx(controlStyle, 'appearance-none pr-8')} />
      <ChevronDown
        className="pointer-events-none absolute top-2 right-2 size-4 text-muted"
        aria-hidden="true"
      />
    </span>
  );
}
