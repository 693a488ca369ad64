'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTold } from '#api/use-told.ts';
import { graphql } from '#graphql';

const ProjectActivitySubscription = graphql(`
  subscription ProjectActivity($project: ID!) {
    projectActivity(project: $project) { all changed { __typename id } }
  }
`);

/** Milliseconds between two readings at least: much may happen at once. Where it goes on and on, the rests grow. */
const REST = 2000;
const LONGEST_REST = 8000;

export interface LiveProjectProps {
  readonly project: string;
  /** The types that the page shows, by their names in the API. */
  readonly types: readonly string[];
}

/** Reads the page again when somebody else, or the server, has changed what it shows. */
export function LiveProject({ project, types }: LiveProjectProps) {
  const router = useRouter();
  const seen = useRef({ first: true, stale: false, last: 0, rest: REST });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const readAgain = () => {
    const state = seen.current;
    state.stale = true;
    if (timer.current !== undefined || document.visibilityState === 'hidden') return;
    const since = Date.now() - state.last;
    state.rest = since > 2 * state.rest ? REST : Math.min(LONGEST_REST, 2 * state.rest);
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        Object.assign(state, { stale: false, last: Date.now() });
        router.refresh();
      },
      Math.max(0, state.rest - since),
    );
  };
  useTold(ProjectActivitySubscription, { project }, ({ projectActivity: { all, changed } }) => {
    // The first answer only says that it listens: the page has just been read.
    if (seen.current.first) seen.current.first = false;
    else if (all || changed.some((node) => node === null || types.includes(node.__typename))) readAgain();
  });
  const latest = useRef(readAgain);
  latest.current = readAgain;
  useEffect(() => {
    const look = () => {
      if (seen.current.stale && document.visibilityState === 'visible') latest.current();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
  return null;
}
