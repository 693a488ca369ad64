'use client';

import { X } from 'lucide-react';
import { formatCount } from '#ui/format.ts';
import { IconButton } from '#ui/icon-button.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { type CultureLine, moveLine, type TypeClass } from './cultures.ts';

export interface ClassListProps {
  readonly classes: readonly TypeClass[];
  readonly lines: readonly CultureLine[];
  readonly onChange: (classes: TypeClass[]) => void;
}

/** Which line counts as which class: one each, until lines are joined or left out. */
export function ClassList({ classes, lines, onChange }: ClassListProps) {
  const rename = (key: string, name: string) =>
    onChange(classes.map((one) => (one.key === key ? { ...one, name } : one)));
  const used = new Set(classes.flatMap((one) => one.lines.map(({ id }) => id)));
  const left = lines.filter(({ id }) => !used.has(id));
  return (
    <>
      <ul className="hairline divide-y divide-line rounded-ui bg-surface">
        {classes.map((one) => (
          <li key={one.key} className="grid gap-2 px-3 py-2 sm:grid-cols-[12rem_1fr]">
            <Input
              aria-label={`Name of the class of ${one.lines.map(({ name }) => name).join(', ')}`}
              value={one.name}
              maxLength={60}
              onChange={(event) => rename(one.key, event.target.value)}
            />
            <ul className="min-w-0">
              {one.lines.map((line) => (
                <li key={line.id} className="flex min-h-8 items-center gap-2">
                  <Swatch colour={line.colour} />
                  <span className="min-w-0 flex-1 truncate text-base">
                    {line.name}
                    <span className="text-muted text-xs max-sm:block sm:ml-2">
                      {formatCount(line.images, 'image')}
                      {line.lent &&
                        (one.lines.length > 1 && line.accession !== null
                          ? `, lent (${line.accession})`
                          : ', lent')}
                    </span>
                  </span>
                  <Select
                    aria-label={`Class of ${line.name}`}
                    className="w-36"
                    value={one.key}
                    onChange={(event) => onChange(moveLine(classes, line, event.target.value))}
                  >
                    {classes.map((other) => (
                      <option key={other.key} value={other.key}>
                        {other.name}
                      </option>
                    ))}
                    {one.lines.length > 1 && <option value="own">a class of its own</option>}
                  </Select>
                  <IconButton
                    label={`Leave ${line.name} out`}
                    onClick={() => onChange(moveLine(classes, line, null))}
                  >
                    <X />
                  </IconButton>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 text-muted text-sm">
          Left out:
          {left.map((line) => (
            <button
              key={line.id}
              type="button"
              className="text-link underline-offset-3 hover:underline"
              onClick={() => onChange(moveLine(classes, line, 'own'))}
            >
              {`take ${line.name} in`}
            </button>
          ))}
        </p>
      )}
    </>
  );
}
