'use client';

import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { controlStyle, useField } from './field.tsx';

/** One line of text, in a `Field` or with an `aria-label` of its own. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" {...useField()} {...rest} className={clsx(controlStyle, className)} />;
}

/** Several lines of text. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={3}
      {...useField()}
      {...rest}
      className={clsx(controlStyle, 'h-auto py-1.5 leading-5', className)}
    />
  );
}
