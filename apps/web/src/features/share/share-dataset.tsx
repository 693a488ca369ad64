'use client';

import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { useToast } from '#ui/toast.tsx';

const ShareDatasetMutation = graphql(`
  mutation ShareDataset($input: ShareDatasetInput!) {
    shareDataset(input: $input) {
      ... on ShareDatasetPayload { share { id names { borrower project } } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** Not an empty text: a choice that is required would not count it as made. */
const OTHER_LAB = 'other-lab';

export interface ShareDatasetProps {
  readonly dataset: string;
  /** Other projects of the own lab, which need no code. */
  readonly own: readonly { readonly id: string; readonly name: string }[];
}

/** Offers the dataset to another lab by the share code of its project, or to another project of this lab. */
export function ShareDataset({ dataset, own }: ShareDatasetProps) {
  const [open, setOpen] = useState(false);
  const [where, setWhere] = useState(OTHER_LAB);
  const { mutate, busy, problem, forget } = useMutate(ShareDatasetMutation, { once: true });
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const to = where === OTHER_LAB ? textOf(new FormData(event.currentTarget), 'to').trim() : where;
    const payload = await mutate({ input: { dataset, to } });
    if (payload === null) return;
    setOpen(false);
    toast({ says: `Offered to ${payload.share.names.borrower}: ${payload.share.names.project}` });
  };
  const show = (next: boolean) => {
    forget();
    setOpen(next);
  };
  return (
    <>
      <Button kind="primary" onClick={() => show(true)}>
        Share
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title="Share this dataset"
        says="It is offered, read only; a manager of the other project accepts or declines."
      >
        <form onSubmit={send} className="flex flex-col gap-4">
          {own.length > 0 && (
            <Field label="With" required>
              <Select value={where} onChange={(event) => setWhere(event.target.value)}>
                <option value={OTHER_LAB}>Another lab</option>
                {own.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {`${name}, in this lab`}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {where === OTHER_LAB && (
            <Field
              label="Share code"
              hint="The other lab copies it from “People and sharing” of its project and sends it to you."
              error={fieldError(problem, 'to')}
              required
            >
              <Input name="to" maxLength={200} autoComplete="off" spellCheck={false} autoFocus />
            </Field>
          )}
          <ProblemNote problem={where === OTHER_LAB ? otherProblem(problem, ['to']) : problem} />
          <DialogButtons>
            <Button onClick={() => show(false)}>Cancel</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Offer it
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}
