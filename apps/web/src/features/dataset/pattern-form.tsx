'use client';

import { type FormEvent, useMemo, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { formatCount } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DatasetNode, LineChoice } from './dataset-view.tsx';
import { previewOf, proposalsFor } from './pattern-preview.ts';

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

export interface PatternFormProps {
  readonly dataset: DatasetNode;
  /** Of files whose pictures have no sample yet. */
  readonly names: readonly string[];
  readonly lines: readonly LineChoice[];
}

/** Reads line, well and the like from the files' names, with what comes out seen at once. */
export function PatternForm({ dataset, names, lines }: PatternFormProps) {
  const { best, others, example } = useMemo(
    () =>
      proposalsFor(
        names,
        lines.map(({ name }) => name),
      ),
    [names, lines],
  );
  const [typed, setTyped] = useState<string | null>(null);
  // While nobody has typed, it goes with the pictures that come.
  const text = typed ?? dataset.filenamePattern ?? best;
  const { mutate, busy, problem } = useMutate(ApplyPatternMutation);
  const save = useMutate(SavePatternMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const toast = useToast();
  const preview = useMemo(() => previewOf(text, names), [text, names]);
  const offered = [
    ...others.map(({ pattern, matches }) => ({ pattern, says: `fits ${matches} of ${names.length}` })),
    ...(text === '' && example !== null && !others.some(({ pattern }) => pattern === example.pattern)
      ? [{ pattern: example.pattern, says: `as in ${example.name}` }]
      : []),
  ].filter(({ pattern }) => pattern !== text);
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
        hint="Braces say what stands where: {line} {well} {site} {time} {replicate} {plate} {passage} {treatment} {dose} {channel} {sample}. {any} passes over text. All else must stand in the name as it is."
        error={preview.error}
      >
        <Input
          value={text}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={example?.pattern ?? '{line}_{well}_{site}'}
          className="font-mono"
          spellCheck={false}
        />
      </Field>
      {offered.length > 0 && (
        <ul className="flex flex-wrap gap-2 text-xs" aria-label="Patterns">
          {offered.map(({ pattern, says }) => (
            <li key={pattern}>
              <button
                type="button"
                className="hairline min-h-6 rounded-ui px-1.5 text-left [overflow-wrap:anywhere] hover:bg-sunken"
                onClick={() => setTyped(pattern)}
              >
                <span className="font-mono">{pattern}</span>
                <span className="text-muted">{` ${says}`}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {text.trim() !== '' && preview.error === null && (
        <div className="text-xs">
          <p role="status" className={preview.fits < names.length ? 'text-care' : 'text-muted'}>
            {preview.fits < names.length
              ? `Fits ${preview.fits} of ${formatCount(names.length, 'name')}. Nothing is filled until all fit: change the pattern, or label the other pictures by hand.`
              : `Fits ${names.length > 1 ? 'all ' : ''}${formatCount(names.length, 'name')}:`}
          </p>
          <ul aria-label="What comes out" className="mt-1">
            {preview.rows.map(({ name, says, fits }) => (
              <li key={name} className="flex min-w-0 gap-2">
                <span className="min-w-0 max-w-1/2 shrink-0 truncate text-muted" title={name}>
                  {name}
                </span>
                <span className={fits ? '' : 'text-care'}>{says}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <ProblemNote problem={problem ?? (refused === null ? null : { message: refused, cure: null })} />
      <div>
        <Button
          type="submit"
          busy={busy || save.busy}
          disabled={text.trim() === '' || preview.error !== null}
        >
          Fill the samples
        </Button>
      </div>
    </form>
  );
}
