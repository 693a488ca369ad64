'use client';

import { useEffect } from 'react';
import { loadClient } from './load-client.ts';

/** Fetches the client while nothing else happens, so that the first click need not wait for it. */
export function PrepareClient() {
  useEffect(() => {
    const timer = setTimeout(() => void loadClient().catch(() => {}), 300);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
