'use client';

import * as Radix from '@radix-ui/react-slider';
import { useId } from 'react';

export interface SliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly value: number;
  /** Each movement. */
  readonly onChange: (value: number) => void;
  /** When it is let go. */
  readonly onCommit?: (value: number) => void;
  /** How the value is written, with its unit. */
  readonly write?: (value: number) => string;
  readonly disabled?: boolean;
}

/** A number by hand: label and value above the line. Arrow keys step, Page keys leap. */
export function Slider({ label, min, max, step, value, onChange, onCommit, write, disabled }: SliderProps) {
  const id = useId();
  const words = write?.(value) ?? String(value);
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex justify-between gap-2 text-base">
        <span id={id} className="font-medium">
          {label}
        </span>
        <output className="font-mono text-muted text-sm">{words}</output>
      </div>
      <Radix.Root
        className="relative flex h-6 touch-none select-none items-center data-disabled:opacity-50"
        min={min}
        max={max}
        step={step ?? 1}
        value={[value]}
        disabled={disabled ?? false}
        onValueChange={([next]) => next !== undefined && onChange(next)}
        onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      >
        <Radix.Track className="relative h-1 grow rounded-full bg-line">
          <Radix.Range className="absolute h-full rounded-full bg-ink" />
        </Radix.Track>
        <Radix.Thumb
          aria-labelledby={id}
          aria-valuetext={words}
          className="block size-4 rounded-full border-2 border-ink bg-surface"
        />
      </Radix.Root>
    </div>
  );
}
