'use client';

import { usePathname, useSearchParams } from 'next/navigation';

/** A link to the page itself: works before any script does. */
export function LoadAgain() {
  const path = usePathname();
  const search = useSearchParams().toString();
  return (
    <a href={search === '' ? path : `${path}?${search}`} className="text-link underline underline-offset-3">
      Load the page again
    </a>
  );
}
