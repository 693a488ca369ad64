import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** One picture: an `<svg>` or an `<img>` of at most 160 px height. */
  readonly picture?: ReactNode;
  /** One sentence: what will be here, and what for. */
  readonly says: string;
  /** One button. */
  readonly action?: ReactNode;
}

export function EmptyState({ picture, says, action }: EmptyStateProps) {
  return (
    <div className="hairline flex flex-col items-center gap-4 rounded-ui bg-surface px-6 py-10 text-center">
      {picture !== undefined && <div className="max-h-40 text-muted">{picture}</div>}
      <p className="max-w-md text-base text-muted">{says}</p>
      {action}
    </div>
  );
}
