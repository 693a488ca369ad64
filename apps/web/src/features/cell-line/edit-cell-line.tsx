'use client';

import type { FormEvent } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { CellLineTable_CellLineFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { CellLineFields, readCellLine } from './cell-line-fields.tsx';

const UpdateCellLineMutation = graphql(`
  mutation UpdateCellLine($input: UpdateCellLineInput!) {
    updateCellLine(input: $input) {
      ... on UpdateCellLinePayload { cellLine { id name } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface EditCellLineProps {
  /** Null while nothing is edited. */
  readonly line: CellLineTable_CellLineFragment | null;
  readonly onEnd: () => void;
  readonly onDelete: (line: CellLineTable_CellLineFragment) => void;
}

/** What the registry says of a line, to be changed; from here it can be deleted too. */
export function EditCellLine({ line, onEnd, onDelete }: EditCellLineProps) {
  return (
    <Dialog
      open={line !== null}
      onOpenChange={(open) => !open && onEnd()}
      title={line?.name ?? ''}
      says="Snapshots and models keep the name that was."
    >
      {line !== null && <EditForm line={line} onEnd={onEnd} onDelete={() => onDelete(line)} />}
    </Dialog>
  );
}

interface EditFormProps {
  readonly line: CellLineTable_CellLineFragment;
  readonly onEnd: () => void;
  readonly onDelete: () => void;
}

function EditForm({ line, onEnd, onDelete }: EditFormProps) {
  const { mutate, busy, problem } = useMutate(UpdateCellLineMutation);
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = readCellLine(new FormData(event.currentTarget));
    const payload = await mutate({ input: { cellLine: line.id, expectedRevision: line.revision, ...said } });
    if (payload === null) return;
    toast({ says: `${payload.cellLine.name} is changed` });
    onEnd();
  };
  return (
    <form onSubmit={send}>
      <CellLineFields problem={problem} line={line} />
      <DialogButtons>
        <span className="mr-auto">
          {line.viewerCanDelete && (
            <Button kind="quiet" onClick={onDelete}>
              Delete
            </Button>
          )}
        </span>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Save
        </Button>
      </DialogButtons>
    </form>
  );
}
