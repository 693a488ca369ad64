'use client';

import { lazy, Suspense, useMemo, useState } from 'react';
import { type PayloadOf, useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { ApplyPatternMutation as ApplyPatternData } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { formatCount } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DatasetNode, LineChoice } from './dataset-view.tsx';
import { previewOf, proposalsFor } from './pattern-preview.ts';

const NewLinesQuestion = lazy(() => import('./new-lines-question.tsx'));

const ApplyPatternMutation = graphql(`
  mutation ApplyPattern($input: ApplyFilenamePatternInput!) {
    applyFilenamePattern(input: $input) {
      ... on ApplyFilenamePatternPayload {
        import {
          created changed failed newLines
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

type Import = PayloadOf<ApplyPatternData>['import'];

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
  const look = useMutate(ApplyPatternMutation, { refresh: false });
  const apply = useMutate(ApplyPatternMutation);
  const save = useMutate(SavePatternMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const [newLines, setNewLines] = useState<readonly string[]>([]);
  const toast = useToast();
  const preview = useMemo(() => previewOf(text, names), [text, names]);
  const offered = [
    ...others.map(({ pattern, matches }) => ({ pattern, says: `fits ${matches} of ${names.length}` })),
    ...(text === '' && example !== null && !others.some(({ pattern }) => pattern === example.pattern)
      ? [{ pattern: example.pattern, says: `as in ${example.name}` }]
      : []),
  ].filter(({ pattern }) => pattern !== text);
  /** Looks first what would change: no line is registered that nobody has agreed to. */
  const fill = async (agreed: readonly string[]) => {
    setRefused(null);
    setNewLines([]);
    const input = { dataset: dataset.id, pattern: text, registerLines: true };
    const seen = await look.mutate({ input: { ...input, dryRun: true } });
    if (seen === null || !isReadable(seen.import)) return;
    const unknown = seen.import.newLines;
    if (unknown.some((line) => !agreed.includes(line))) return setNewLines(unknown);
    const registerLines = unknown.length > 0;
    const payload = await apply.mutate({ input: { ...input, registerLines, dryRun: false } });
    if (payload === null || !isReadable(payload.import)) return;
    const done = payload.import;
    await save.mutate({
      input: { dataset: dataset.id, expectedRevision: dataset.revision, filenamePattern: text },
    });
    toast({ says: `${formatCount(done.created + done.changed, 'sample')} filled from the names` });
  };
  const isReadable = ({ failed, rows: [row] }: Import) => {
    const why = row?.problems[0];
    if (failed > 0)
      setRefused(
        `${formatCount(failed, 'name')} could not be read. ${row?.file ?? ''}: ${why?.message ?? ''} ${why?.cure ?? ''}`,
      );
    return failed === 0;
  };
  const problem = look.problem ?? apply.problem;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void fill([]);
      }}
      className="hairline flex flex-col gap-3 rounded-ui bg-surface p-3"
    >
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
          busy={look.busy || apply.busy || save.busy}
          disabled={text.trim() === '' || preview.error !== null}
        >
          Fill the samples
        </Button>
        {text.trim() === '' && (
          <p className="mt-1 text-muted text-xs">
            {offered.length > 0 ? 'Choose a pattern, or write one.' : 'Write a pattern first.'}
          </p>
        )}
      </div>
      {newLines.length > 0 && (
        <Suspense>
          <NewLinesQuestion
            names={newLines}
            onAgree={() => void fill(newLines)}
            onGoBack={() => setNewLines([])}
          />
        </Suspense>
      )}
    </form>
  );
}
