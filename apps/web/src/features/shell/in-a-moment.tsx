import { type ReactElement, type ReactNode, Suspense } from 'react';
import { within } from './within.ts';

/** How long (ms) a page waits for the server before it shows that it waits: what comes by then need not be filled in. */
export const MOMENT = 700;

export interface InAMomentProps {
  readonly meanwhile: ReactNode;
  /** Reads and draws it. */
  readonly children: () => Promise<ReactElement>;
}

/** A page without the shell: as soon as it is read; what stands there meanwhile only where that takes longer. */
export async function InAMoment({ meanwhile, children }: InAMomentProps) {
  const reading = children();
  const known = await within(MOMENT, reading);
  return <Suspense fallback={meanwhile}>{known ?? reading}</Suspense>;
}
