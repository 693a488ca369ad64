'use client';

import { matchName, parsePattern, proposePatterns } from '@cellmixer/sample-names';
import { type FormEvent, useMemo, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { formatCount } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DatasetNode } from './dataset-view.tsx';

const ApplyPatternMutation = graphql(`
  mutation ApplyPattern($input: ApplyFilenamePatternInput!) {
    applyFilenamePattern(input: $input) {
      ... on ApplyFilenamePatternPayload {
        import {
          applied created changed failed newLines
          rows(outcomes: [FAILED]) { file problems { column value message cure } }
        }
      }
      ... on UserError { code message cure subject }
    }
  }
`);
const SavePatternMutation = graphql(`
  mutation SavePattern($input: UpdateDatasetInput!) {
    updateDataset(input: $input) {
      ... on UpdateDatasetPayload { dataset { id filenamePattern revision } }
      ... on UserError { code message cure subject }
    }
  }
`);

const PREVIEW = 4;

export interface PatternFormProps {
  readonly dataset: DatasetNode;
  readonly names: readonly string[];
}

/** Reads line, well and the like from the files' names, with what comes out seen at once. */
export function PatternForm({ dataset, names }: PatternFormProps) {
  const proposals = useMemo(() => proposePatterns(names).slice(0, 3), [names]);
  const [text, setText] = useState(dataset.filenamePattern ?? proposals[0]?.pattern ?? '');
  const { mutate, busy, problem } = useMutate(ApplyPatternMutation);
  const save = useMutate(SavePatternMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const toast = useToast();
  const preview = useMemo(() => previewOf(text, names), [text, names]);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setRefused(null);
    const input = { dataset: dataset.id, pattern: text, dryRun: false, registerLines: true };
    const payload = await mutate({ input });
    if (payload === null) return;
    const done = payload.import;
    if (!done.applied) {
      const row = done.rows[0];
      const why = row?.problems[0];
      setRefused(
        `${formatCount(done.failed, 'name')} could not be read. ${row?.file ?? ''}: ${why?.message ?? ''} ${why?.cure ?? ''}`,
      );
      return;
    }
    await save.mutate({
      input: { dataset: dataset.id, expectedRevision: dataset.revision, filenamePattern: text },
    });
    toast({ says: `${formatCount(done.created + done.changed, 'sample')} filled from the names` });
  };
  return (
    <form onSubmit={send} className="hairline flex flex-col gap-3 rounded-ui bg-surface p-3">
      <Field
        label="Or read it from the file names"
        hint="{line} {well} {site} {replicate} {plate} {time} {dose} {any} …"
        error={preview.error}
      >
        <Input
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="{line}_{well}_{site}"
          className="font-mono"
          spellCheck={false}
        />
      </Field>
      {proposals.length > 0 && (
        <div className="flex flex-wrap gap-2 text-xs">
          {proposals.map(({ pattern, matches }) => (
            <button
              key={pattern}
              type="button"
              className="hairline min-h-6 rounded-ui px-1.5 text-left font-mono [overflow-wrap:anywhere] hover:bg-sunken"
              onClick={() => setText(pattern)}
            >
              {`${pattern} fits ${matches}`}
            </button>
          ))}
        </div>
      )}
      {preview.rows.length > 0 && (
        <ul className="text-xs" aria-label="What comes out">
          {preview.rows.map(({ name, says, fits }) => (
            <li key={name} className="flex min-w-0 gap-2">
              <span className="min-w-0 max-w-1/2 truncate text-muted">{name}</span>
              <span className={fits ? '' : 'text-bad'}>{says}</span>
            </li>
          ))}
        </ul>
      )}
      <ProblemNote problem={problem ?? (refused === null ? null : { message: refused, cure: null })} />
      <div>
        <Button type="submit" busy={busy || save.busy} disabled={text === '' || preview.error !== undefined}>
          Fill the samples
        </Button>
      </div>
    </form>
  );
}

interface Preview {
  readonly error?: string;
  readonly rows: readonly { readonly name: string; readonly says: string; readonly fits: boolean }[];
}

function previewOf(text: string, names: readonly string[]): Preview {
  if (text === '') return { rows: [] };
  try {
    const pattern = parsePattern(text);
    const rows = names.slice(0, PREVIEW).map((name) => {
      const match = matchName(pattern, name);
      const says = match.matched
        ? Object.entries(match.values)
            .map(([token, value]) => `${token} ${value}`)
            .join(', ')
        : match.message;
      return { name, says, fits: match.matched };
    });
    return { rows };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), rows: [] };
  }
}
