'use client';

import { Search } from 'lucide-react';
import { Input } from './input.tsx';

export interface SearchInputProps {
  /** What it looks through, such as "Search by name or accession". */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A line to search a list by, which stands above it. */
export function SearchInput({ label, placeholder, value, onChange }: SearchInputProps) {
  return (
    <div className="relative mb-3 max-w-80">
      <Search className="pointer-events-none absolute top-2 left-2 size-4 text-muted" aria-hidden="true" />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="pl-8"
        value={value}
        maxLength={100}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
