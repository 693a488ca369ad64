'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useMemo, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { TrainingPreset } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { formColumns } from '#ui/form-columns.ts';
import { textOf } from '#ui/form-text.ts';
import { formatCount } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { Section } from '#ui/page-header.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Term } from '#ui/term.tsx';
import { paths } from '../paths.ts';
import { ClassList } from './class-list.tsx';
import { type CultureSnapshot, linesOf, proposeClasses } from './cultures.ts';
import { PresetChoice } from './preset-choice.tsx';
import { RecipeFields, readRecipe } from './recipe-fields.tsx';
import { RunEstimate } from './run-estimate.tsx';

const CreateTrainingRunMutation = graphql(`
  mutation CreateTrainingRun($input: CreateTrainingRunInput!) {
    createTrainingRun(input: $input) {
      ... on CreateTrainingRunPayload { trainingRun { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface NewRunFormProps {
  readonly project: string;
  /** The project's name, which the training gets if nobody says otherwise. */
  readonly name: string;
  readonly cultures: readonly CultureSnapshot[];
}

export function NewRunForm({ project, name, cultures }: NewRunFormProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(cultures.filter(({ newest }) => newest).map(({ id }) => id)),
  );
  const lines = useMemo(() => linesOf(cultures.filter(({ id }) => chosen.has(id))), [cultures, chosen]);
  const [classes, setClasses] = useState(() => proposeClasses(lines));
  const [preset, setPreset] = useState<TrainingPreset>('balanced');
  const [settings, setSettings] = useState(USUAL);
  const { mutate, busy, problem } = useMutate(CreateTrainingRunMutation, { once: true, refresh: false });
  const [leaving, setLeaving] = useState(false);
  const router = useRouter();

  const choose = (id: string, wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
    setClasses(proposeClasses(linesOf(cultures.filter((one) => next.has(one.id)))));
  };
  const order = {
    project,
    versions: [...chosen],
    classes: classes.map((one) => ({ name: one.name, cellLines: one.lines.map(({ id }) => id) })),
    preset,
  };
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const payload = await mutate({
      input: { ...order, name: textOf(form, 'name').trim(), ...readSettings(form) },
    });
    if (payload === null) return;
    setLeaving(true);
    router.push(paths.run(project, payload.trainingRun.id));
  };
  const fields = ['name', 'seed', 'steps', 'cellDiameterPx'];
  return (
    <form
      onSubmit={send}
      onChange={(event) => setSettings(readSettings(new FormData(event.currentTarget)))}
      className={formColumns}
    >
      <div className="min-w-0">
        <Section title="Pure cultures">
          <fieldset className="hairline divide-y divide-line rounded-ui bg-surface px-3">
            <legend className="sr-only">Snapshots to learn from</legend>
            {cultures.map((culture) => (
              <Checkbox
                key={culture.id}
                checked={chosen.has(culture.id)}
                onChange={(event) => choose(culture.id, event.target.checked)}
                label={culture.label}
                hint={culture.lines
                  .map((line) => `${line.name}: ${formatCount(line.images, 'image')}`)
                  .join(' · ')}
              />
            ))}
          </fieldset>
        </Section>
        <Section title="What to tell apart">
          <ClassList classes={classes} lines={lines} onChange={setClasses} />
        </Section>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <Field label="Name" required error={fieldError(problem, 'name')} hint="Also the model’s name.">
          <Input name="name" defaultValue={name} required maxLength={100} />
        </Field>
        <PresetChoice value={preset} onChange={setPreset} />
        <Checkbox
          name="withBaseline"
          defaultChecked
          label={
            <>
              Train the <Term of="baseline" /> too
            </>
          }
          hint="The same pictures without mixing: shows what the mixtures are worth. Takes as long again."
        />
        <RecipeFields preset={preset} problem={problem} />
        {classes.length >= 2 && <RunEstimate order={{ ...order, ...settings }} />}
        <ProblemNote problem={otherProblem(problem, fields)} />
        <div>
          <Button type="submit" kind="primary" busy={busy || leaving} disabled={classes.length < 2}>
            Start the training
          </Button>
          {classes.length < 2 && <p className="mt-1 text-muted text-xs">Two classes or more are needed.</p>}
        </div>
      </div>
    </form>
  );
}

/** What stands in the fields of the form that keep their own values, besides the name. */
function readSettings(form: FormData) {
  return { withBaseline: form.get('withBaseline') === 'on', ...readRecipe(form) };
}

/** The same before anybody has touched them. */
const USUAL: ReturnType<typeof readSettings> = { withBaseline: true, recipe: { holdOut: true } };
