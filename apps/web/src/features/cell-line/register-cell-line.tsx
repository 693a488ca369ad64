'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { CellLineFields, readCellLine } from './cell-line-fields.tsx';

const RegisterCellLineMutation = graphql(`
  mutation RegisterCellLine($input: RegisterCellLineInput!) {
    registerCellLine(input: $input) {
      ... on RegisterCellLinePayload { cellLine { id name } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** The button and its dialog. */
export function RegisterCellLine({ organization }: { readonly organization: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen(true)}>
        Register a line
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Register a line"
        says="Its name and colour stand for it everywhere in the lab."
      >
        <RegisterForm organization={organization} onEnd={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RegisterForm({
  organization,
  onEnd,
}: {
  readonly organization: string;
  readonly onEnd: () => void;
}) {
  const { mutate, busy, problem } = useMutate(RegisterCellLineMutation, { once: true });
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const payload = await mutate({
      input: { organization, ...readCellLine(new FormData(event.currentTarget)) },
    });
    if (payload === null) return;
    toast({ says: `${payload.cellLine.name} is registered` });
    onEnd();
  };
  return (
    <form onSubmit={send}>
      <CellLineFields problem={problem} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Register
        </Button>
      </DialogButtons>
    </form>
  );
}
