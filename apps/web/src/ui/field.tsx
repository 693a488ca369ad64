'use client';

import { createContext, type ReactNode, useContext, useId } from 'react';

interface FieldParts {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const FieldContext = createContext<FieldParts | null>(null);

export interface FieldProps {
  readonly label: ReactNode;
  /** What is meant, or an example. */
  readonly hint?: ReactNode;
  /** What is wrong with it, with the cure. */
  readonly error?: ReactNode;
  readonly required?: boolean;
  /** One control of the kit: `Input`, `Select`, `Textarea`. */
  readonly children: ReactNode;
}

/** A label, its control, a hint and an error, tied together for those who cannot see that they belong together. */
export function Field({ label, hint, error, required = false, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const wrong = error !== undefined && error !== null && error !== false && error !== '';
  const describedBy = [hint === undefined ? '' : hintId, wrong ? errorId : ''].filter(Boolean).join(' ');
  return (
    <FieldContext value={{ id, describedBy: describedBy || undefined, invalid: wrong, required }}>
      <div className="flex min-w-0 flex-col gap-1">
        <label htmlFor={id} className="flex items-center gap-1 font-medium text-base">
          {label}
          {!required && <span className="font-normal text-muted text-xs">optional</span>}
        </label>
        {children}
        {hint !== undefined && (
          <p id={hintId} className="text-muted text-xs">
            {hint}
          </p>
        )}
        {wrong && (
          <p id={errorId} className="text-bad text-xs" role="alert">
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  );
}

/** What a control takes from the field around it. */
export function useField() {
  const field = useContext(FieldContext);
  if (field === null) return {};
  return {
    id: field.id,
    required: field.required,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
  };
}

export const controlStyle =
  'h-8 w-full min-w-0 rounded-ui border border-edge bg-surface px-2 text-base text-ink transition-colors ' +
  'hover:not-disabled:border-ink/60 disabled:opacity-60 aria-invalid:border-bad';
