import type { ReactNode } from 'react';

export interface KeyNumberProps {
  readonly label: ReactNode;
  /** Written with its unit: `0.87`, `12.4 %`. */
  readonly value: ReactNode;
  /** The interval, or what it is measured against. */
  readonly says?: ReactNode;
}

/** The one number of a page, or one of a few. */
export function KeyNumber({ label, value, says }: KeyNumberProps) {
  return (
    <div className="min-w-0">
      <p className="text-muted text-xs">{label}</p>
      <p className="font-semibold text-key">{value}</p>
      {says !== undefined && <p className="text-muted text-xs">{says}</p>}
    </div>
  );
}
