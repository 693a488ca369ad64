export interface ProblemNoteProps {
  readonly problem: { readonly message: string; readonly cure: string | null } | null;
}

/** Why a form's sending was refused and what to do about it; nothing while there is no problem. */
export function ProblemNote({ problem }: ProblemNoteProps) {
  if (problem === null) return null;
  return (
    <div role="alert" className="rounded-ui border border-bad/40 bg-bad/5 px-3 py-2 text-base">
      <p className="text-bad">{problem.message}</p>
      {problem.cure !== null && <p className="mt-0.5 text-muted text-sm">{problem.cure}</p>}
    </div>
  );
}
