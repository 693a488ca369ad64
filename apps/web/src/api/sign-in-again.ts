import { useSyncExternalStore } from 'react';

/**
 * Whose session has ended signs in over the page, so that what is filled in, dropped or looked at stays; what was
 * refused for it is sent again.
 */
let asking: { readonly answer: Promise<boolean>; readonly end: (signedIn: boolean) => void } | null = null;
let declined = false;
const listeners = new Set<() => void>();
const newcomers = new Set<() => void>();

/**
 * Asks for it. What goes on in the background does not insist: once somebody has said no it asks no more.
 *
 * @returns whether somebody is signed in now
 */
export function signInAgain(insist: boolean): Promise<boolean> {
  if (listeners.size === 0) {
    // A page without the shell: it is left for a while.
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
    return new Promise(() => {});
  }
  if (asking === null) {
    if (declined && !insist) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    asking = { answer: promise, end: resolve };
    tell();
  }
  return asking.answer;
}

/** What came of the question. */
export function endSignInAgain(signedIn: boolean): void {
  declined = !signedIn;
  if (signedIn) for (const newcomer of newcomers) newcomer();
  asking?.end(signedIn);
  asking = null;
  tell();
}

/** Calls whenever somebody has signed in again, before what waits for it goes on. */
export function onSignedInAgain(call: () => void): void {
  newcomers.add(call);
}

/** Whether the question stands. */
export function useSignInAgain(): boolean {
  return useSyncExternalStore(
    listen,
    () => asking !== null,
    () => false,
  );
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
