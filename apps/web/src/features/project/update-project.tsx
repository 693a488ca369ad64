'use client';

import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input, Textarea } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';

const UpdateProject_project = graphql(`
  fragment UpdateProject_project on Project {
    id
    name
    description
    revision
    viewerCanManage
  }
`);

const UpdateProjectMutation = graphql(`
  mutation UpdateProject($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      ... on UpdateProjectPayload { project { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** The button and its dialog, for those who manage the project. */
export function UpdateProject(props: { readonly project: FragmentType<typeof UpdateProject_project> }) {
  const project = readFragment(UpdateProject_project, props.project);
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem } = useMutate(UpdateProjectMutation);
  if (!project.viewerCanManage) return null;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const payload = await mutate({
      input: {
        project: project.id,
        expectedRevision: project.revision,
        name: textOf(form, 'name'),
        description: textOf(form, 'description'),
      },
    });
    if (payload !== null) setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rename</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Rename the project">
        <form onSubmit={send} className="flex flex-col gap-4">
          <Field label="Name" error={fieldError(problem, 'name')} required>
            <Input name="name" maxLength={100} autoComplete="off" defaultValue={project.name} autoFocus />
          </Field>
          <Field label="About" error={fieldError(problem, 'description')}>
            <Textarea name="description" maxLength={2000} defaultValue={project.description} />
          </Field>
          <ProblemNote problem={otherProblem(problem, ['name', 'description'])} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Save
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}
