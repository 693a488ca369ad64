export interface RunFailureProps {
  readonly run: {
    readonly errorCode: string | null;
    readonly errorMessage: string | null;
    readonly errorCure: string | null;
  };
}

/** What happened, why, and the one thing to do. */
export function RunFailure({ run }: RunFailureProps) {
  return (
    <div role="alert" className="mb-8 max-w-3xl rounded-ui border border-bad/40 bg-bad/5 px-4 py-3">
      <p className="font-semibold text-bad text-base">The training has failed</p>
      <p className="mt-1 text-base">
        {run.errorMessage ?? 'No reason was given; the server’s log tells more.'}
      </p>
      <p className="mt-1 text-muted text-sm">
        {run.errorCure ??
          'Resume it: it goes on from its last checkpoint. If it fails again, show the log to whoever runs the server.'}
      </p>
      {run.errorCode !== null && <p className="mt-2 font-mono text-muted text-xs">{run.errorCode}</p>}
    </div>
  );
}
