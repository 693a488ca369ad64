'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { SearchInput } from '#ui/search-input.tsx';

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
    <SearchInput
      label="Search by name or accession"
      placeholder="Name or accession"
      value={text}
      onChange={change}
    />
  );
}
