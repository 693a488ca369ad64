import type { ReactNode } from 'react';

export interface ErrorStateProps {
  /** What happened. */
  readonly title: string;
  /** Why, and whether anything is lost. */
  readonly says: ReactNode;
  /** The one thing to do. */
  readonly action?: ReactNode;
  /** For whoever reads the log. */
  readonly code?: string | undefined;
}

/** In the place of what could not be shown. */
export function ErrorState({ title, says, action, code }: ErrorStateProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-start gap-3 px-1 py-16">
      <h1 className="font-semibold text-xl">{title}</h1>
      <p className="text-base text-muted">{says}</p>
      {action !== undefined && <div className="mt-1 flex gap-2">{action}</div>}
      {code !== undefined && <p className="mt-2 font-mono text-muted text-xs">{code}</p>}
    </div>
  );
}

/** In the place of what this person may not see or do. */
export function Forbidden({ says, action }: { readonly says: ReactNode; readonly action?: ReactNode }) {
  return <ErrorState title="Not yours to see" says={says} action={action} />;
}
