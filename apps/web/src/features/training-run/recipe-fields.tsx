'use client';

import { fieldError } from '#api/field-error.ts';
import type { Problem } from '#api/problem.ts';
import type { TrainingPreset } from '#graphql/graphql.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';

const presetSteps: Readonly<Record<TrainingPreset, string>> = {
  fast: '600',
  balanced: '2,000',
  accurate: '20,000',
};

export interface RecipeFieldsProps {
  readonly preset: TrainingPreset;
  readonly problem: Problem | null;
}

/** What most people leave as it is, folded away. An empty field means the preset's value. */
export function RecipeFields({ preset, problem }: RecipeFieldsProps) {
  return (
    <details className="hairline rounded-ui bg-surface px-3">
      <summary className="py-2 font-medium text-base">Recipe</summary>
      <div className="flex flex-col gap-3 pb-3">
        <Field
          label="Seed"
          hint="The same seed on the same pictures gives the same model."
          error={fieldError(problem, 'seed')}
        >
          <Input name="seed" type="number" min={0} max={2147483647} placeholder="1" inputMode="numeric" />
        </Field>
        <Field label="Steps" error={fieldError(problem, 'steps')}>
          <Input
            name="steps"
            type="number"
            min={1}
            max={1000000}
            placeholder={presetSteps[preset]}
            inputMode="numeric"
          />
        </Field>
        <Field
          label="Cell diameter, pixels"
          hint="Measured in the pictures where it is left out."
          error={fieldError(problem, 'cellDiameterPx')}
        >
          <Input
            name="cellDiameterPx"
            type="number"
            min={2}
            max={2000}
            step="any"
            placeholder="measured"
            inputMode="decimal"
          />
        </Field>
        <Checkbox
          name="holdOut"
          defaultChecked
          label="Keep a replicate of every class to test on"
          hint="Where each has two or more. Shows whether the model knows the cells or the day."
        />
      </div>
    </details>
  );
}

/** The recipe as `createTrainingRun` takes it: only what was filled in. */
export function readRecipe(form: FormData) {
  const number = (name: string) => {
    const text = textOf(form, name).trim();
    return text === '' ? {} : { [name]: Number(text) };
  };
  return {
    ...number('seed'),
    ...number('steps'),
    ...number('cellDiameterPx'),
    recipe: { holdOut: form.get('holdOut') === 'on' },
  };
}
