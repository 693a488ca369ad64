'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { UpdateProject_ProjectFragment } from '#graphql/graphql.ts';
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
  if (!project.viewerCanManage) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rename</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Rename the project">
        {open && <RenameForm project={project} onEnd={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

interface RenameFormProps {
  /** As it is by now: it may change while the form is open. */
  readonly project: UpdateProject_ProjectFragment;
  readonly onEnd: () => void;
}

function RenameForm({ project, onEnd }: RenameFormProps) {
  const router = useRouter();
  const { mutate, busy, problem } = useMutate(UpdateProjectMutation);
  const [begun] = useState(project);
  const isOverruled = problem?.code === 'PROJECT_CHANGED';
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const payload = await mutate({
      input: {
        project: project.id,
        // What was looked at; once the other's change has been shown, that.
        expectedRevision: isOverruled ? project.revision : begun.revision,
        name: textOf(form, 'name'),
        description: textOf(form, 'description'),
      },
    });
    if (payload !== null) onEnd();
    else router.refresh();
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label="Name" error={fieldError(problem, 'name')} required>
        <Input name="name" maxLength={100} autoComplete="off" defaultValue={begun.name} autoFocus />
      </Field>
      <Field label="About" error={fieldError(problem, 'description')}>
        <Textarea name="description" maxLength={2000} defaultValue={begun.description} />
      </Field>
      <ProblemNote
        problem={
          isOverruled
            ? {
                message: 'Somebody else has changed the project while you wrote.',
                cure: `It is called “${project.name}” now${project.description === '' ? '' : `, about: “${project.description}”`}. What you wrote is still here: save it once more to put it in its place, or cancel.`,
              }
            : otherProblem(problem, ['name', 'description'])
        }
      />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Save
        </Button>
      </DialogButtons>
    </form>
  );
}
