'use client';

import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { ApiKeyScope } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { ShownOnce } from '#ui/shown-once.tsx';
import { scopeHints, scopeNames, scopes } from './scope-words.ts';

const CreateApiKeyMutation = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      ... on CreateApiKeyPayload { secret apiKey { id name } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** Not an empty text: a choice that is required would not count it as made. */
const WHOLE_LAB = 'whole-lab';

export interface CreateKeyProps {
  readonly organization: string;
  /** Those that the viewer may make keys for. */
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** Whether the viewer may make keys for the whole lab. */
  readonly forLab: boolean;
}

/** The button and its dialog; ends with the key, which is shown this once. */
export function CreateKey(props: CreateKeyProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        New key
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="New API key">
        {open && <KeyForm {...props} onEnd={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function KeyForm({ organization, projects, forLab, onEnd }: CreateKeyProps & { readonly onEnd: () => void }) {
  const { mutate, busy, problem } = useMutate(CreateApiKeyMutation, { once: true });
  const [scope, setScope] = useState<ApiKeyScope>('READ');
  const [made, setMade] = useState<{ readonly secret: string | null } | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const place = textOf(form, 'project');
    const payload = await mutate({
      input: {
        organization,
        name: textOf(form, 'name'),
        scope,
        project: place === WHOLE_LAB ? null : place,
        expiresInDays: Number(textOf(form, 'days')),
      },
    });
    setMade(payload);
  };
  if (made !== null) {
    return (
      <ShownOnce
        says="Keep it as you would a password. It is shown only here and now; the server knows no more than a fingerprint."
        label="The key"
        text={made.secret}
        lost="The key was made, but the answer with it was lost on the way, and a key is shown only once. End it in the list, and make another."
        onEnd={onEnd}
      />
    );
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field
        label="What for"
        hint="Such as: computer of the microscope"
        error={fieldError(problem, 'name')}
        required
      >
        <Input name="name" maxLength={100} autoComplete="off" autoFocus />
      </Field>
      <Field label="May" hint={scopeHints[scope]} required>
        <Select value={scope} onChange={(event) => setScope(event.target.value as ApiKeyScope)}>
          {scopes.map((each) => (
            <option key={each} value={each}>
              {scopeNames[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="In" required>
        <Select name="project">
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {forLab && <option value={WHOLE_LAB}>The whole lab</option>}
        </Select>
      </Field>
      <Field label="Works for days" error={fieldError(problem, 'expiresInDays')} required>
        <Input name="days" type="number" min={1} max={3650} defaultValue={365} />
      </Field>
      <ProblemNote problem={otherProblem(problem, ['name', 'expiresInDays'])} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Make the key
        </Button>
      </DialogButtons>
    </form>
  );
}
