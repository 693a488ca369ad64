import type { RunStatus } from '#graphql/graphql.ts';
import type { Tone } from '#ui/status.tsx';

export const runWords: Readonly<Record<RunStatus, { readonly tone: Tone; readonly says: string }>> = {
  QUEUED: { tone: 'waiting', says: 'Waits' },
  RUNNING: { tone: 'running', says: 'Runs' },
  CANCELLING: { tone: 'running', says: 'Stopping' },
  CANCELLED: { tone: 'off', says: 'Cancelled' },
  FAILED: { tone: 'bad', says: 'Failed' },
  SUCCEEDED: { tone: 'good', says: 'Done' },
};

/** Whether a run may still change by itself. */
export function isUnderWay(status: RunStatus): boolean {
  return status === 'QUEUED' || status === 'RUNNING' || status === 'CANCELLING';
}

/** That images of a run were deleted since. */
export function withdrawnWords(images: number): string {
  return images === 1 ? '1 image withdrawn' : `${images.toLocaleString('en-GB')} images withdrawn`;
}
