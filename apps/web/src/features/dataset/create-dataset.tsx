'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { Modality } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { paths } from '../paths.ts';
import { modalityNames } from './modality-names.ts';

const CreateDatasetMutation = graphql(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    createDataset(input: $input) {
      ... on CreateDatasetPayload { dataset { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface CreateDatasetProps {
  readonly project: string;
  /** The first of its project: the main thing to do there. */
  readonly first: boolean;
}

/** The button and its dialog; leads into the new dataset. */
export function CreateDataset({ project, first }: CreateDatasetProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        kind={first ? 'primary' : 'plain'}
        icon={<Plus aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        New dataset
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="New dataset"
        says="Pictures taken in one way: same microscope, magnification and exposure, pure cultures and mixtures alike."
      >
        <CreateForm project={project} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function CreateForm({ project, onCancel }: { readonly project: string; readonly onCancel: () => void }) {
  const { mutate, busy, problem } = useMutate(CreateDatasetMutation, { once: true, refresh: false });
  const [leaving, setLeaving] = useState(false);
  const router = useRouter();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const size = textOf(form, 'pixelSizeUm').trim();
    const payload = await mutate({
      input: {
        project,
        name: textOf(form, 'name'),
        modality: modalityOf(textOf(form, 'modality')),
        pixelSizeUm: size === '' ? null : Number(size),
      },
    });
    if (payload === null) return;
    setLeaving(true);
    router.push(paths.dataset(project, payload.dataset.id));
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label="Name" error={fieldError(problem, 'name')} required>
        <Input name="name" maxLength={100} autoComplete="off" autoFocus />
      </Field>
      <Field label="Modality" error={fieldError(problem, 'modality')} required>
        <Select name="modality" defaultValue="PHASE_CONTRAST">
          {Object.entries(modalityNames).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Pixel size, µm"
        hint="For files that do not say it themselves."
        error={fieldError(problem, 'pixelSizeUm')}
      >
        <Input name="pixelSizeUm" type="number" min="0.001" max="1000" step="any" placeholder="0.65" />
      </Field>
      <ProblemNote problem={otherProblem(problem, ['name', 'modality', 'pixelSizeUm'])} />
      <DialogButtons>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy || leaving}>
          Create
        </Button>
      </DialogButtons>
    </form>
  );
}

function modalityOf(value: string): Modality {
  return isModality(value) ? value : 'PHASE_CONTRAST';
}

function isModality(value: string): value is Modality {
  return Object.hasOwn(modalityNames, value);
}
