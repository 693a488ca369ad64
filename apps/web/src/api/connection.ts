import { useSyncExternalStore } from 'react';

/** Whether the server answers, as far as the last requests tell. While it does not, it is asked every three seconds. */
let up = true;
let asking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

export function tellConnection(isUp: boolean): void {
  if (isUp === up) return;
  up = isUp;
  clearInterval(asking);
  if (!up) asking = setInterval(() => void ask(), 3000);
  for (const listener of listeners) listener();
}

export function useConnection(): boolean {
  return useSyncExternalStore(
    listen,
    () => up,
    () => true,
  );
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function ask(): Promise<void> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  }).catch(() => null);
  if (answer?.ok) tellConnection(true);
}
