'use client';

import { clsx } from 'clsx';
import { Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ask } from '#api/ask.ts';
import { useLive } from '#api/use-live.ts';
import type { RunLogQuery as LogData } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/page-header.tsx';
import { useToast } from '#ui/toast.tsx';
import { isUnderWay } from '../run/run-words.ts';
import { RunLogQuery } from './run-log-query.ts';

/** What one answer of the API holds at most. */
const PAGE = 500;

type Line = Extract<NonNullable<LogData['node']>, { readonly __typename: 'TrainingRun' }>['log'][number];

/** What happened, as it happens. */
export function RunLog({ id, initial }: { readonly id: string; readonly initial: LogData }) {
  const data = useLive(RunLogQuery, {
    variables: { id, after: 0 },
    initial,
    isRunning: ({ node }) => node?.__typename === 'TrainingRun' && isUnderWay(node.status),
    seconds: 5,
  });
  const [later, setLater] = useState<readonly Line[]>([]);
  const box = useRef<HTMLOListElement>(null);
  const toast = useToast();
  const first = linesOf(data);
  const lines = [...first, ...later];
  const hasMore = first.length === PAGE && later.length % PAGE === 0;
  const count = lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line is in sight whenever one has come
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [count]);
  const more = async () => {
    const answer = await ask(RunLogQuery, { id, after: lines.at(-1)?.position ?? 0 });
    setLater([...later, ...linesOf(answer)]);
  };
  const copy = async () => {
    const text = lines.map(({ at, level, text }) => `${at} ${level} ${text}`).join('\n');
    await navigator.clipboard.writeText(text);
    toast({ says: 'The log is on the clipboard' });
  };
  return (
    <Section
      title="Log"
      actions={
        count > 0 && (
          <Button kind="quiet" icon={<Copy aria-hidden="true" />} onClick={() => void copy().catch(() => {})}>
            Copy
          </Button>
        )
      }
    >
      {count === 0 ? (
        <p className="text-base text-muted">Nothing has happened yet.</p>
      ) : (
        <ol
          ref={box}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
          tabIndex={0}
          aria-label="Log"
          className="hairline max-h-72 overflow-y-auto rounded-ui bg-surface px-3 py-2 font-mono text-xs/5"
        >
          {lines.map(({ position, at, level, text }) => (
            <li key={position} className="flex gap-3">
              <time dateTime={at} className="shrink-0 text-muted">
                {at.slice(11, 19)}
              </time>
              <span className={clsx('min-w-0 [overflow-wrap:anywhere]', inks[level])}>
                {level !== 'INFO' && <span className="font-semibold">{`${level.toLowerCase()}: `}</span>}
                {text}
              </span>
            </li>
          ))}
        </ol>
      )}
      {hasMore && (
        <Button className="mt-2" onClick={() => void more().catch(() => {})}>
          Show later lines
        </Button>
      )}
    </Section>
  );
}

const inks = { INFO: '', WARNING: 'text-care', ERROR: 'text-bad' };

function linesOf({ node }: LogData): readonly Line[] {
  return node?.__typename === 'TrainingRun' ? node.log : [];
}
