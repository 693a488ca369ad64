'use client';

import type { ReactNode } from 'react';
import { type GlossaryTerm, glossary } from './glossary.ts';
import type { OpenedProps } from './on-demand.tsx';
import { Popover } from './popover.tsx';
import { TermButton } from './term-button.tsx';

export interface TermProps {
  readonly of: GlossaryTerm;
  readonly children?: ReactNode;
}

export default function TermPopover({ of, children, defaultOpen }: TermProps & OpenedProps) {
  return (
    <Popover label={of} defaultOpen={defaultOpen} trigger={<TermButton>{children ?? of}</TermButton>}>
      <p className="font-semibold first-letter:uppercase">{of}</p>
      <p className="mt-1 text-muted">{glossary[of]}</p>
    </Popover>
  );
}
