import type { ComponentProps } from 'react';

/** A word in a sentence, dotted below. */
export function TermButton(props: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...props}
      className="cursor-help underline decoration-dotted decoration-edge underline-offset-3 hover:decoration-ink"
    />
  );
}
