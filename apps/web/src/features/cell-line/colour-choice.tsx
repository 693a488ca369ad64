'use client';

import { type ReactNode, useId } from 'react';
import { Swatch } from '#ui/swatch.tsx';

/** Colours of classes in their order; green and purple sink into mid-grey for some eyes and always get outlines. */
const palette: readonly { readonly value: string; readonly name: string }[] = [
  { value: '#56b4e9', name: 'Sky blue' },
  { value: '#e69f00', name: 'Orange' },
  { value: '#009e73', name: 'Green' },
  { value: '#d55e00', name: 'Vermilion' },
  { value: '#f0e442', name: 'Yellow' },
  { value: '#0072b2', name: 'Blue' },
  { value: '#cc79a7', name: 'Purple' },
];

export interface ColourChoiceProps {
  /** Null: the server takes the lab's next one. */
  readonly value: string | null;
  /** The line's by now, which may be none of these; null for a new line. */
  readonly present: string | null;
  readonly onChange: (value: string | null) => void;
}

/** One of the colours that colour-blind eyes keep apart. */
export function ColourChoice({ value, present, onChange }: ColourChoiceProps) {
  const group = useId();
  const isOwn = present !== null && palette.every((colour) => colour.value !== present);
  const choices = isOwn ? [{ value: present, name: `As it is, ${present}` }, ...palette] : palette;
  const chosen = choices.find((colour) => colour.value === value);
  return (
    <fieldset>
      <legend className="mb-1 flex gap-1 font-medium text-base">
        Colour
        <span className="font-normal text-muted">{chosen?.name ?? 'the lab’s next one'}</span>
      </legend>
      <div className="flex flex-wrap gap-1">
        {present === null && (
          <ColourOption
            group={group}
            name="The lab’s next one"
            checked={value === null}
            onChoose={() => onChange(null)}
          >
            <span className="text-muted text-xs" aria-hidden="true">
              auto
            </span>
          </ColourOption>
        )}
        {choices.map((colour) => (
          <ColourOption
            key={colour.value}
            group={group}
            name={colour.name}
            checked={value === colour.value}
            onChoose={() => onChange(colour.value)}
          >
            <Swatch colour={colour.value} className="size-5" />
          </ColourOption>
        ))}
      </div>
    </fieldset>
  );
}

function ColourOption({
  group,
  name,
  checked,
  onChoose,
  children,
}: {
  readonly group: string;
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <label
      title={name}
      className="relative flex h-8 min-w-8 cursor-pointer items-center justify-center rounded-ui border border-transparent px-1.5 hover:bg-sunken has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
    >
      <input
        type="radio"
        name={group}
        className="absolute inset-0 cursor-pointer opacity-0"
        checked={checked}
        onChange={onChoose}
        aria-label={name}
      />
      {children}
    </label>
  );
}
