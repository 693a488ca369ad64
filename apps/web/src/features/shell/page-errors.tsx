'use client';

import { useEffect, useRef } from 'react';
import { untilAnswers } from '#api/connection.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/error-state.tsx';

export interface PageErrorProps {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

/** A page that broke, in the words of its code. Where the server was away it comes back with it. */
export function PageError({ error, retry }: PageErrorProps) {
  const again = useRef(retry);
  again.current = retry;
  useEffect(() => {
    console.error(error);
    if (error.digest !== 'SERVICE_UNAVAILABLE') return;
    const asking = new AbortController();
    void untilAnswers(asking.signal).then((isBack) => isBack && again.current());
    return () => asking.abort();
  }, [error]);
  const { title, says } = words(error.digest);
  return (
    <ErrorState
      title={title}
      says={says}
      code={error.digest}
      action={
        <Button kind="primary" onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}

function words(code: string | undefined): { readonly title: string; readonly says: string } {
  if (code === 'SERVICE_UNAVAILABLE') {
    return {
      title: 'The server is not ready',
      says: 'It may be starting. What runs goes on, and nothing is lost. This page tries again by itself.',
    };
  }
  return {
    title: 'This page could not be shown',
    says: 'Something broke on the server. Nothing that you entered elsewhere is lost; the log names the cause by the word below.',
  };
}
