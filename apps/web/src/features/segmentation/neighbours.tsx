'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { buttonStyle } from '#ui/button.tsx';

export interface NeighboursProps {
  /** Of what they are neighbours: read out. */
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  /** How many there are, or which of them this one is. */
  readonly says: string;
}

/** To the image before and the next one, by N and P too. */
export function Neighbours({ label, before, after, says }: NeighboursProps) {
  const router = useRouter();
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.matches('input, select, textarea')) return;
      const to = event.key === 'n' ? after : event.key === 'p' ? before : null;
      if (to !== null) router.push(to);
    };
    document.addEventListener('keydown', go);
    return () => document.removeEventListener('keydown', go);
  }, [before, after, router]);
  return (
    <nav aria-label={label} className="flex items-center gap-2 text-sm">
      <Step to={before} title="Previous image (P)">
        <ChevronLeft aria-hidden="true" />
      </Step>
      <span className="text-muted">{says}</span>
      <Step to={after} title="Next image (N)">
        <ChevronRight aria-hidden="true" />
      </Step>
    </nav>
  );
}

function Step({
  to,
  title,
  children,
}: {
  readonly to: string | null;
  readonly title: string;
  readonly children: ReactNode;
}) {
  if (to === null) {
    return (
      <span aria-hidden="true" className={`${buttonStyle('plain')} opacity-40`}>
        {children}
      </span>
    );
  }
  return (
    <Link href={to} title={title} aria-label={title} className={buttonStyle('plain')}>
      {children}
    </Link>
  );
}
