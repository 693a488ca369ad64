'use client';

import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence below the title. */
  readonly says?: ReactNode;
  readonly children: ReactNode;
}

/** A question that must be answered before anything else. Escape and a click beside it close it. */
export function Dialog({ open, onOpenChange, title, says, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.4)]" />
        <Radix.Content
          {...(says === undefined ? { 'aria-describedby': undefined } : {})}
          className="fixed top-0 left-1/2 z-50 flex max-h-dvh w-full max-w-120 -translate-x-1/2 animate-appear flex-col overflow-auto bg-surface shadow-float sm:top-[10vh] sm:max-h-[80vh] sm:rounded-ui"
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div>
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {says !== undefined && (
                <Radix.Description className="mt-0.5 text-muted">{says}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mt-1 -mr-2">
                <X />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="px-5 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons at a dialog's end, the main one last. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
