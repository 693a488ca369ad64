'use client';

import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Slider } from '#ui/slider.tsx';
import { useToast } from '#ui/toast.tsx';
import { readNumbers, sliders, type TunedName } from './tuned-parameters.ts';

const TuneMutation = graphql(`
  mutation TuneForeground($input: TuneForegroundInput!) {
    tuneForeground(input: $input) {
      ... on TuneForegroundPayload { queued dataset { id foregroundParameters } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface TuneFormProps {
  readonly dataset: string;
  /** What people have set for the whole dataset. */
  readonly parameters: unknown;
  /** What the first picture suggests: where the sliders stand until somebody moves them. */
  readonly suggested: unknown;
}

/** Parameters for all pictures that have none of their own; what is not moved stays as each picture suggests. */
export function TuneForm({ dataset, parameters, suggested }: TuneFormProps) {
  const standing = readNumbers(suggested);
  const [set, setSet] = useState<Partial<Record<TunedName, number>>>(() => readNumbers(parameters));
  const { mutate, busy, problem } = useMutate(TuneMutation);
  const toast = useToast();
  const send = async (parametersToSend: typeof set | null) => {
    const payload = await mutate({ input: { dataset, parameters: parametersToSend } });
    if (payload !== null)
      toast({ says: `${formatCount(payload.queued, 'picture')} are looked through again` });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(set);
  };
  return (
    <details className="hairline mb-5 rounded-ui bg-surface px-4">
      <summary className="py-2 font-medium text-base">Tune what counts as cell</summary>
      <form onSubmit={submit} className="pb-4">
        <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
          {sliders.map(({ name, label, min, max, step, unit }) => (
            <Slider
              key={name}
              label={set[name] === undefined ? `${label} (as each picture suggests)` : label}
              min={min}
              max={max}
              step={step}
              value={set[name] ?? standing[name] ?? min}
              write={(value) => `${value} ${unit}`.trim()}
              onChange={(value) => setSet({ ...set, [name]: value })}
            />
          ))}
        </div>
        <ProblemNote problem={problem} />
        <div className="mt-3 flex gap-2">
          <Button type="submit" kind="primary" busy={busy} disabled={Object.keys(set).length === 0}>
            Apply to the dataset
          </Button>
          <Button
            onClick={() => {
              setSet({});
              void send(null);
            }}
          >
            Back to what pictures suggest
          </Button>
        </div>
      </form>
    </details>
  );
}
