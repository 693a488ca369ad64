'use client';

import { Search } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Input } from '#ui/input.tsx';

/** Searches as one types; the address keeps what is searched for. */
export function SearchBox({ search }: { readonly search: string }) {
  const router = useRouter();
  const path = usePathname();
  const [text, setText] = useState(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      router.replace(next.trim() === '' ? path : `${path}?search=${encodeURIComponent(next.trim())}`);
    }, 200);
  };
  return (
    <div className="relative mb-3 max-w-80">
      <Search className="pointer-events-none absolute top-2 left-2 size-4 text-muted" aria-hidden="true" />
      <Input
        type="search"
        aria-label="Search by name or accession"
        placeholder="Name or accession"
        className="pl-8"
        value={text}
        maxLength={100}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
