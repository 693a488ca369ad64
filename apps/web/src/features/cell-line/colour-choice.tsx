'use client';

import { CLASS_COLOURS } from '@cellmixer/pixels/class-colours';
import { type ReactNode, useId } from 'react';
import { Swatch } from '#ui/swatch.tsx';

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
  const isOwn = present !== null && CLASS_COLOURS.every((colour) => colour.hex !== present);
  const choices = isOwn ? [{ hex: present, name: `As it is, ${present}` }, ...CLASS_COLOURS] : CLASS_COLOURS;
  const chosen = choices.find((colour) => colour.hex === value);
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
            key={colour.hex}
            group={group}
            name={colour.name}
            checked={value === colour.hex}
            onChoose={() => onChange(colour.hex)}
          >
            <Swatch colour={colour.hex} className="size-5" />
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
