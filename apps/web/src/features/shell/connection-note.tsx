'use client';

import { CloudOff } from 'lucide-react';
import { useConnection } from '#api/connection.ts';

/** While the server does not answer. It goes by itself. */
export function ConnectionNote() {
  const up = useConnection();
  return (
    <div role="status">
      {!up && (
        <p className="flex items-center justify-center gap-2 border-line border-t bg-sunken px-4 py-1.5 text-base">
          <CloudOff className="size-4 shrink-0" aria-hidden="true" />
          The server does not answer. What runs there goes on; this page tries again by itself.
        </p>
      )}
    </div>
  );
}
