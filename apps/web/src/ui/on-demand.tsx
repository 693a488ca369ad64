'use client';

import { type ComponentType, lazy, type ReactElement, Suspense, useMemo, useState } from 'react';

export interface OpenedProps {
  /** The button that has been clicked already. */
  readonly defaultOpen: boolean;
}

export interface OnDemandProps<Props extends object> {
  /** Fetches the menu or popover that opens; a constant. */
  readonly load: () => Promise<{ readonly default: ComponentType<Props & OpenedProps> }>;
  readonly props: Props;
  /** The same button as the menu's own; it is drawn until the code is here. */
  readonly button: (events: {
    readonly onClick?: () => void;
    readonly onPointerEnter?: () => void;
    readonly onFocus?: () => void;
  }) => ReactElement;
}

/** A menu or popover whose code comes when somebody points at its button, and opens with the click. */
export function OnDemand<Props extends object>({ load, props, button }: OnDemandProps<Props>) {
  const [wanted, setWanted] = useState(false);
  const Opened = useMemo(() => lazy(load), [load]);
  const prepare = () => void load().catch(() => {});
  // Without a connection nothing opens, and nothing breaks.
  const open = () =>
    void load().then(
      () => setWanted(true),
      () => {},
    );
  if (!wanted) return button({ onClick: open, onPointerEnter: prepare, onFocus: prepare });
  return (
    <Suspense fallback={button({})}>
      <Opened {...props} defaultOpen />
    </Suspense>
  );
}
