'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/skeleton.tsx';
import { isWide } from './use-wide.ts';

const load = () => import('#viewer/index.ts').then((all) => all.Viewer);

/** The viewer comes by itself: it is larger than all the rest of the portal. */
export const Viewer = dynamic(load, {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** Lets it set out before the page is live, where it will be shown: for pages that begin with a picture. */
export function sendForViewer(): void {
  if (typeof window !== 'undefined' && isWide()) load().catch(() => {});
}
