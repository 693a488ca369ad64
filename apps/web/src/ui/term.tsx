'use client';

import type { ReactNode } from 'react';
import { type GlossaryTerm, glossary } from './glossary.ts';
import { Popover } from './popover.tsx';

/** A word of the glossary in a sentence: dotted below, explained by a click. */
export function Term({ of, children }: { readonly of: GlossaryTerm; readonly children?: ReactNode }) {
  return (
    <Popover
      label={of}
      trigger={
        <button
          type="button"
          className="cursor-help underline decoration-dotted decoration-edge underline-offset-3 hover:decoration-ink"
        >
          {children ?? of}
        </button>
      }
    >
      <p className="font-semibold first-letter:uppercase">{of}</p>
      <p className="mt-1 text-muted">{glossary[of]}</p>
    </Popover>
  );
}
