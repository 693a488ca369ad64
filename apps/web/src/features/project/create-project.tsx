'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input, Textarea } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { paths } from '../paths.ts';

const CreateProjectMutation = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload { project { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** The button and its dialog; leads into the new project. */
export function CreateProject({ organization }: { readonly organization: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen(true)}>
        New project
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="New project"
        says="One question: the lines to tell apart, their cultures, the models and what they find."
      >
        <CreateForm organization={organization} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function CreateForm({
  organization,
  onCancel,
}: {
  readonly organization: string;
  readonly onCancel: () => void;
}) {
  const { mutate, busy, problem } = useMutate(CreateProjectMutation, { once: true, refresh: false });
  const [leaving, setLeaving] = useState(false);
  const router = useRouter();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const description = textOf(form, 'description').trim() || null;
    const payload = await mutate({ input: { organization, name: textOf(form, 'name'), description } });
    if (payload === null) return;
    setLeaving(true);
    router.push(paths.project(payload.project.id));
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label="Name" error={fieldError(problem, 'name')} required>
        <Input name="name" maxLength={100} autoComplete="off" autoFocus />
      </Field>
      <Field label="About" error={fieldError(problem, 'description')}>
        <Textarea name="description" maxLength={2000} />
      </Field>
      <ProblemNote problem={otherProblem(problem, ['name', 'description'])} />
      <DialogButtons>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy || leaving}>
          Create
        </Button>
      </DialogButtons>
    </form>
  );
}
