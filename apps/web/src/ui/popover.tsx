'use client';

import * as Radix from '@radix-ui/react-popover';
import type { ReactNode } from 'react';

export interface PopoverProps {
  readonly trigger: ReactNode;
  /** What it is, for those who hear it. */
  readonly label: string;
  readonly onClose?: () => void;
  /** Open at once: it was asked for before its code was here. */
  readonly defaultOpen?: boolean;
  readonly children: ReactNode;
}

/** Around a link in a popover: what it leads to is not left behind it. */
export function PopoverClose({ children }: { readonly children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}

export function Popover({ trigger, label, onClose, defaultOpen = false, children }: PopoverProps) {
  return (
    <Radix.Root defaultOpen={defaultOpen} onOpenChange={(open) => !open && onClose?.()}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-80 animate-appear rounded-ui bg-surface p-3 text-ink text-sm shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
