'use client';

import { clsx } from 'clsx';
import type { TrainingPreset } from '#graphql/graphql.ts';

const presets = [
  { value: 'fast', name: 'Fast', says: '600 steps: a first look, to see whether the pictures are fit.' },
  {
    value: 'balanced',
    name: 'Balanced',
    says: '2,000 steps: what the published figures were measured with.',
  },
  { value: 'accurate', name: 'Accurate', says: '20,000 steps: overnight, for the model that stays.' },
] as const satisfies readonly { value: TrainingPreset; name: string; says: string }[];

export interface PresetChoiceProps {
  readonly value: TrainingPreset;
  readonly onChange: (preset: TrainingPreset) => void;
}

/** How long to learn. */
export function PresetChoice({ value, onChange }: PresetChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-base">How thoroughly</legend>
      <div className="hairline divide-y divide-line overflow-hidden rounded-ui bg-surface">
        {presets.map((preset) => (
          <label
            key={preset.value}
            className={clsx('flex items-start gap-2 px-3 py-2', preset.value === value && 'bg-sunken')}
          >
            <input
              type="radio"
              name="preset"
              value={preset.value}
              checked={preset.value === value}
              onChange={() => onChange(preset.value)}
              className="mt-1 accent-ink"
            />
            <span>
              <span className="block font-medium text-base">{preset.name}</span>
              <span className="block text-muted text-xs">{preset.says}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
