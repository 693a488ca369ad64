'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';

/** What a number in a map stands for. */
export interface TruthValue {
  readonly value: number;
  readonly cellLine: string;
}

export interface TruthValuesProps {
  readonly values: readonly TruthValue[];
  readonly lines: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (values: readonly TruthValue[]) => void;
}

/** Numbers of a map, each with its line. */
export function TruthValues({ values, lines, onChange }: TruthValuesProps) {
  const change = (at: number, part: Partial<TruthValue>) =>
    onChange(values.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const add = () =>
    onChange([
      ...values,
      { value: 1 + Math.max(0, ...values.map(({ value }) => value)), cellLine: lines[0]?.id ?? '' },
    ]);
  return (
    <fieldset className="mt-4">
      <legend className="mb-1 font-medium text-base">Numbers and lines</legend>
      <ul className="flex flex-col gap-1.5">
        {values.map(({ value, cellLine }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are being typed
          <li key={place} className="flex items-center gap-2">
            <span className="w-20 shrink-0">
              <Input
                type="number"
                aria-label={`Number ${place + 1}`}
                min={1}
                max={254}
                required
                value={value}
                onChange={(event) => change(place, { value: Number(event.target.value) })}
              />
            </span>
            <Select
              aria-label={`Line of ${value}`}
              className="min-w-0 max-w-56 flex-1"
              value={cellLine}
              onChange={(event) => change(place, { cellLine: event.target.value })}
            >
              {lines.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <IconButton
              label={`Leave ${value} out`}
              onClick={() => onChange(values.filter((_, other) => other !== place))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button kind="quiet" className="mt-1" icon={<Plus aria-hidden="true" />} onClick={add}>
        One more number
      </Button>
    </fieldset>
  );
}
