'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { formColumns } from '#ui/form-columns.ts';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { SnapshotField } from '../dataset/snapshot-field.tsx';
import { paths } from '../paths.ts';
import { type ComparableModel, type ComparableSnapshot, sameClasses } from './comparable.ts';

const CreateComparisonMutation = graphql(`
  mutation CreateComparison($input: CreateComparisonInput!) {
    createComparison(input: $input) {
      ... on CreateComparisonPayload { comparison { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface NewComparisonFormProps {
  readonly project: string;
  readonly name: string;
  readonly snapshots: readonly ComparableSnapshot[];
}

const MOST = 4;

export function NewComparisonForm({ project, name, snapshots }: NewComparisonFormProps) {
  const [version, setVersion] = useState(snapshots[0]?.id ?? '');
  const models = snapshots.find(({ id }) => id === version)?.models ?? [];
  const [chosen, setChosen] = useState<readonly string[]>(() => firstTwo(models));
  const { mutate, busy, problem } = useMutate(CreateComparisonMutation, { once: true, refresh: false });
  const [leaving, setLeaving] = useState(false);
  const router = useRouter();
  const first = models.find(({ id }) => id === chosen[0]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const payload = await mutate({
      input: { project, name: textOf(form, 'name').trim(), version, modelVersions: [...chosen] },
    });
    if (payload === null) return;
    setLeaving(true);
    router.push(paths.comparison(project, payload.comparison.id));
  };
  return (
    <form onSubmit={send} className={`${formColumns} gap-y-6`}>
      <div className="flex min-w-0 flex-col gap-5">
        <Field label="Name" required error={fieldError(problem, 'name')}>
          <Input name="name" defaultValue={name} required maxLength={100} />
        </Field>
        <SnapshotField
          label="Images"
          snapshots={snapshots}
          version={version}
          onChoose={(next) => {
            setVersion(next);
            setChosen(firstTwo(snapshots.find(({ id }) => id === next)?.models ?? []));
          }}
          problem={problem}
        />
        <fieldset>
          <legend className="mb-1 font-medium text-base">Models</legend>
          <div className="hairline divide-y divide-line rounded-ui bg-surface px-3">
            {models.map((model) => {
              const on = chosen.includes(model.id);
              const fits = first === undefined || sameClasses(first, model);
              return (
                <Checkbox
                  key={model.id}
                  checked={on}
                  disabled={!on && (!fits || chosen.length >= MOST)}
                  onChange={() =>
                    setChosen(on ? chosen.filter((id) => id !== model.id) : [...chosen, model.id])
                  }
                  label={model.label}
                  hint={fits ? model.classes.join(', ') : `${model.classes.join(', ')}: other classes`}
                />
              );
            })}
          </div>
        </fieldset>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <ProblemNote problem={otherProblem(problem, ['name', 'version'])} />
        <div>
          <Button type="submit" kind="primary" busy={busy || leaving} disabled={chosen.length < 2}>
            Compare
          </Button>
          {chosen.length < 2 && <p className="mt-1 text-muted text-xs">Two models or more are needed.</p>}
        </div>
      </div>
    </form>
  );
}

/** The first model and one that tells the same classes apart. */
function firstTwo(models: readonly ComparableModel[]): string[] {
  const [first] = models;
  const second = models.find((model) => first !== undefined && model !== first && sameClasses(first, model));
  return [first, second].flatMap((model) => (model === undefined ? [] : [model.id]));
}
