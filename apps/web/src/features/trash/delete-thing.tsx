'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAsk } from '#api/use-ask.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { RestoreNodesMutation } from './restore-nodes.ts';

const DependentsQuery = graphql(`
  query Dependents($ids: [ID!]!) { dependents(ids: $ids) { type text blockedBy } }
`);

const DeleteNodesMutation = graphql(`
  mutation DeleteNodes($input: DeleteNodesInput!) {
    deleteNodes(input: $input) {
      ... on DeleteNodesPayload { items { subjectId problem } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface DeleteThingProps {
  readonly id: string;
  /** What it is, such as `training`: a project, its training and its model may be called alike. */
  readonly noun: string;
  readonly name: string;
  /** Where to be afterwards. */
  readonly to: string;
}

/** A button that says what depends on a thing before it goes into the trash; can be undone. */
export function DeleteThing(props: DeleteThingProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" className="max-sm:-ml-3" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <DeleteDialog thing={open ? props : null} onEnd={() => setOpen(false)} />
    </>
  );
}

export interface DeleteDialogProps {
  /** Null while nothing is to be deleted. */
  readonly thing: DeleteThingProps | null;
  readonly onEnd: () => void;
}

/** Says what depends on a thing and deletes it; for a button that stands elsewhere. */
export function DeleteDialog({ thing, onEnd }: DeleteDialogProps) {
  return (
    <Dialog
      open={thing !== null}
      onOpenChange={(open) => !open && onEnd()}
      title={thing === null ? '' : `Delete the ${thing.noun} “${thing.name}”?`}
      says="It goes into the trash, from where it can be restored for 30 days. Unfinished work on it stops."
    >
      {thing !== null && <DeleteForm {...thing} onEnd={onEnd} />}
    </Dialog>
  );
}

function DeleteForm({ id, name, to, onEnd }: DeleteThingProps & { readonly onEnd: () => void }) {
  const { data, error } = useAsk(DependentsQuery, { ids: [id] });
  const remove = useMutate(DeleteNodesMutation, { refresh: false });
  const restore = useMutate(RestoreNodesMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const router = useRouter();
  const toast = useToast();
  const [found] = data?.dependents ?? [];
  // Said in a notice: this form is gone by then.
  const takeBack = async () => {
    const payload = await restore.mutate({ input: { ids: [id] } });
    const [item] = payload?.items ?? [];
    const why = item?.problem ?? 'Try it from the trash.';
    toast({
      says: item?.restored === true ? `“${name}” is back` : `“${name}” could not be restored. ${why}`,
    });
  };
  const send = async () => {
    const payload = await remove.mutate({ input: { ids: [id] } });
    if (payload === null) return;
    const problem = payload.items[0]?.problem ?? null;
    if (problem !== null) return setRefused(problem);
    toast({ says: `“${name}” is in the trash`, undo: () => void takeBack() });
    onEnd();
    // To read its own page again would find nothing there.
    if (location.pathname === to) router.refresh();
    else router.push(to);
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-base" role="status">
        {data === undefined
          ? error === undefined
            ? 'Looking for what depends on it …'
            : 'What depends on it could not be read.'
          : (found?.blockedBy ?? found?.text ?? 'Nothing else depends on it.')}
      </p>
      <ProblemNote problem={refused === null ? remove.problem : { message: refused, cure: null }} />
      <DialogButtons>
        <Button onClick={onEnd}>Keep it</Button>
        <Button
          kind="danger"
          busy={remove.busy}
          disabled={data === undefined || (found?.blockedBy ?? null) !== null}
          onClick={() => void send()}
        >
          Delete
        </Button>
      </DialogButtons>
    </div>
  );
}
