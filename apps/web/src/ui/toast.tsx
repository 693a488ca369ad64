'use client';

import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export interface ToastWords {
  /** What has happened, such as "Dataset deleted". */
  readonly says: string;
  /** Takes it back. */
  readonly undo?: () => void;
}

interface ShownToast extends ToastWords {
  readonly id: number;
}

const ToastContext = createContext<(toast: ToastWords) => void>(() => {});

/** How long (ms) a toast stays; as long as it is read or pointed at. */
const STAYS = 8000;

/** Tells what has just been done, and lets it be undone. Errors belong where they arose, not here. */
export function useToast(): (toast: ToastWords) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const count = useRef(0);

  const drop = useCallback((id: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setToasts((shown) => shown.filter((toast) => toast.id !== id));
  }, []);
  const arm = useCallback(
    (id: number) =>
      timers.current.set(
        id,
        setTimeout(() => drop(id), STAYS),
      ),
    [drop],
  );
  const hold = useCallback((id: number) => clearTimeout(timers.current.get(id)), []);
  const show = useCallback(
    (toast: ToastWords) => {
      const id = ++count.current;
      setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
      arm(id);
    },
    [arm],
  );

  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-label="Notices"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-60 flex flex-col items-center gap-2 p-4 max-sm:pb-18"
      >
        {toasts.map((toast) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it; nothing is done by it
          <div
            key={toast.id}
            onPointerEnter={() => hold(toast.id)}
            onPointerLeave={() => arm(toast.id)}
            onFocus={() => hold(toast.id)}
            onBlur={() => arm(toast.id)}
            className="pointer-events-auto flex max-w-full animate-appear items-center gap-2 rounded-ui bg-surface py-1 pr-1 pl-4 text-base shadow-float"
          >
            <p className="line-clamp-3 min-w-0 [overflow-wrap:anywhere]">{toast.says}</p>
            {toast.undo !== undefined && (
              <Button
                kind="quiet"
                onClick={() => {
                  toast.undo?.();
                  drop(toast.id);
                }}
              >
                Undo
              </Button>
            )}
            <IconButton label="Dismiss" onClick={() => drop(toast.id)}>
              <X />
            </IconButton>
          </div>
        ))}
      </section>
    </ToastContext>
  );
}
