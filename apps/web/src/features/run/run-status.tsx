import type { RunStatus as Word } from '#graphql/graphql.ts';
import { Status } from '#ui/status.tsx';
import { runWords } from './run-words.ts';

/** Where a run stands. */
export function RunStatus({ status }: { readonly status: Word }) {
  const { tone, says } = runWords[status];
  return <Status tone={tone}>{says}</Status>;
}
