'use client';

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence below the title. */
  readonly says?: ReactNode;
  readonly children: ReactNode;
}

const load = () => import('./dialog-window.tsx');
const DialogWindow = lazy(load);

/** A question that must be answered before anything else. Escape and a click beside it close it. */
export function Dialog(props: DialogProps) {
  const [wasOpen, setWasOpen] = useState(props.open);
  if (props.open && !wasOpen) setWasOpen(true);
  // Ahead of the first click: it must open also where the connection is gone by then.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => {}), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <DialogWindow {...props} />
    </Suspense>
  );
}

/** The row of buttons at a dialog's end, the main one last. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
