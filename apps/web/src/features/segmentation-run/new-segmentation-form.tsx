'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { ModelVerdictLevel } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { formColumns } from '#ui/form-columns.ts';
import { formatCount } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { Slider } from '#ui/slider.tsx';
import { Status } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { SnapshotField } from '../dataset/snapshot-field.tsx';
import { verdictWords } from '../model/check-words.ts';
import { paths } from '../paths.ts';
import { Estimate } from './estimate.tsx';

const CreateSegmentationRunMutation = graphql(`
  mutation CreateSegmentationRun($input: CreateSegmentationRunInput!) {
    createSegmentationRun(input: $input) {
      ... on CreateSegmentationRunPayload { segmentationRun { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface NewSegmentationFormProps {
  readonly project: string;
  /** Accepted versions first. */
  readonly models: readonly {
    readonly id: string;
    readonly label: string;
    readonly stage: 'ACCEPTED' | 'ARCHIVED' | 'CANDIDATE';
    readonly verdict: { readonly level: ModelVerdictLevel; readonly sentence: string };
    /** Trained without mixtures, to be held against. */
    readonly baseline: boolean;
    readonly classes: readonly { readonly name: string; readonly colour: string }[];
  }[];
  /** The model that is chosen at first. */
  readonly chosen: string;
  /** Those with mixtures first. */
  readonly snapshots: readonly {
    readonly id: string;
    readonly label: string;
    readonly mixtures: number;
    readonly images: number;
  }[];
}

const USUAL_THRESHOLD = 0.5;

export function NewSegmentationForm({ project, models, chosen, snapshots }: NewSegmentationFormProps) {
  const [modelVersion, setModelVersion] = useState(chosen);
  const [version, setVersion] = useState(snapshots[0]?.id ?? '');
  const [everything, setEverything] = useState(false);
  const [shown, setShown] = useState(USUAL_THRESHOLD);
  const [threshold, setThreshold] = useState(USUAL_THRESHOLD);
  const { mutate, busy, problem } = useMutate(CreateSegmentationRunMutation, { once: true, refresh: false });
  const [leaving, setLeaving] = useState(false);
  const router = useRouter();
  const model = models.find(({ id }) => id === modelVersion);
  const snapshot = snapshots.find(({ id }) => id === version);
  const mixed = (snapshot?.mixtures ?? 0) > 0;
  const order = { project, modelVersion, version, threshold, mixturesOnly: mixed && !everything };
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const payload = await mutate({ input: order });
    if (payload === null) return;
    setLeaving(true);
    router.push(paths.segmentationRun(project, payload.segmentationRun.id));
  };
  return (
    <form onSubmit={send} className={`${formColumns} gap-y-6`}>
      <div className="flex min-w-0 flex-col gap-5">
        <Field label="Model" required error={fieldError(problem, 'modelVersion')}>
          <Select value={modelVersion} onChange={(event) => setModelVersion(event.target.value)}>
            {models.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        {model !== undefined && (
          <div className="-mt-2 text-sm">
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              {model.classes.map(({ name, colour }) => (
                <li key={name} className="flex items-center gap-1.5">
                  <Swatch colour={colour} />
                  {name}
                </li>
              ))}
            </ul>
            <p className="mt-1.5 flex flex-wrap items-center gap-x-3">
              <Status tone={verdictWords[model.verdict.level].tone}>
                {verdictWords[model.verdict.level].says}
              </Status>
              <span className="text-muted">{model.verdict.sentence}</span>
            </p>
            {model.baseline && (
              <p className="mt-1 text-care">
                This is a baseline, trained without mixtures: it is there to be compared with.
              </p>
            )}
            {model.stage !== 'ACCEPTED' && (
              <p className="mt-1 text-muted">A candidate: nobody has accepted this version yet.</p>
            )}
          </div>
        )}
        <SnapshotField
          label="Images"
          hint={
            snapshot === undefined
              ? undefined
              : `${formatCount(snapshot.images, 'image')}, ${snapshot.mixtures.toLocaleString('en-GB')} of mixtures`
          }
          snapshots={snapshots}
          version={version}
          onChoose={setVersion}
          problem={problem}
        />
        {mixed && (
          <Checkbox
            checked={everything}
            onChange={(event) => setEverything(event.target.checked)}
            label="Pure cultures too"
            hint="Shows how well each line is recognised where it grows alone."
          />
        )}
        <details className="group">
          <summary className="w-fit text-base text-muted hover:text-ink">Settings</summary>
          <div className="mt-3 max-w-sm">
            <Slider
              label="Cell from this probability on"
              min={0.05}
              max={0.95}
              step={0.05}
              value={shown}
              onChange={setShown}
              onCommit={setThreshold}
              write={(value) => value.toFixed(2)}
            />
            <p className="mt-1 text-muted text-xs">
              0.50 as in training. Lower finds more cells and more that are none. Compare only runs of one
              value.
            </p>
          </div>
        </details>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Estimate order={order} />
        <ProblemNote problem={otherProblem(problem, ['modelVersion', 'version'])} />
        <div>
          <Button type="submit" kind="primary" busy={busy || leaving}>
            Start the segmentation
          </Button>
        </div>
      </div>
    </form>
  );
}
