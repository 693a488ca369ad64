'use client';

import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { DialogProps } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';

/** The window of a `Dialog`, fetched when one is first opened. */
export default function DialogWindow({ open, onOpenChange, title, says, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-[oklch(0_0_0/0.4)]" />
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
