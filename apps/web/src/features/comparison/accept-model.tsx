'use client';

import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { formatMoment } from '#ui/format.ts';
import { Textarea } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { useToast } from '#ui/toast.tsx';
import type { Comparison, NameOf } from './comparison-view.tsx';

const AcceptComparisonMutation = graphql(`
  mutation AcceptComparison($input: AcceptComparisonInput!) {
    acceptComparison(input: $input) {
      ... on AcceptComparisonPayload {
        comparison {
          id
          revision
          acceptedAt
          acceptedBy
          acceptedWhy
          acceptedVersion { id number model { id name } }
        }
      }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface AcceptModelProps {
  readonly comparison: Comparison;
  readonly nameOf: NameOf;
  readonly mayEdit: boolean;
}

/** The decision that was taken here, and the way to one. */
export function AcceptModel({ comparison, nameOf, mayEdit }: AcceptModelProps) {
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem, forget } = useMutate(AcceptComparisonMutation);
  const toast = useToast();
  const { acceptedVersion, acceptedWhy, acceptedBy, acceptedAt } = comparison;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const modelVersion = textOf(form, 'modelVersion');
    const payload = await mutate({
      input: {
        comparison: comparison.id,
        expectedRevision: comparison.revision,
        modelVersion,
        why: textOf(form, 'why').trim(),
      },
    });
    if (payload === null) return;
    toast({ says: `${nameOf(modelVersion)} is accepted` });
    setOpen(false);
  };
  return (
    <div className="mb-8 flex max-w-4xl flex-wrap items-start justify-between gap-x-6 gap-y-3">
      {acceptedVersion === null ? (
        <p className="text-base text-muted">Nobody has decided for one of them yet.</p>
      ) : (
        <div className="min-w-0 flex-1 text-base">
          <p>
            <span className="font-semibold">{`${nameOf(acceptedVersion.id)} is accepted`}</span>
            <span className="text-muted">
              {` by ${acceptedBy ?? 'somebody'}${acceptedAt === null ? '' : ` on ${formatMoment(acceptedAt)}`}`}
            </span>
          </p>
          <p className="mt-0.5 [overflow-wrap:anywhere]">{acceptedWhy}</p>
        </div>
      )}
      {mayEdit && (
        <Button
          kind={acceptedVersion === null ? 'primary' : 'plain'}
          onClick={() => {
            forget();
            setOpen(true);
          }}
        >
          {acceptedVersion === null ? 'Accept one' : 'Decide again'}
        </Button>
      )}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Accept a model"
        says="The decision and its reason are kept with this comparison."
      >
        <form onSubmit={send} className="flex flex-col gap-3">
          <Field label="Model" required>
            <Select name="modelVersion" defaultValue={acceptedVersion?.id ?? comparison.modelVersions[0]?.id}>
              {comparison.modelVersions.map(({ id }) => (
                <option key={id} value={id}>
                  {nameOf(id)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Why" required>
            <Textarea name="why" required maxLength={1000} />
          </Field>
          <ProblemNote problem={problem} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Back</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Accept
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </div>
  );
}
