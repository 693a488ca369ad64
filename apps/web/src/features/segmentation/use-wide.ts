'use client';

import { useSyncExternalStore } from 'react';

const query = '(min-width: 768px)';

/** Whether there is room for the viewer; taken as given until the browser has said. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (tell) => {
      const media = matchMedia(query);
      media.addEventListener('change', tell);
      return () => media.removeEventListener('change', tell);
    },
    isWide,
    () => true,
  );
}

/** The same now; in browsers only. */
export function isWide(): boolean {
  return matchMedia(query).matches;
}
