'use client';

import { clsx } from 'clsx';
import { Check, SlidersHorizontal, X } from 'lucide-react';
import Link from 'next/link';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useLive } from '#api/use-live.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { DatasetForegroundQuery, ForegroundVerdict } from '#graphql/graphql.ts';
import { Button, buttonStyle } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { formatCount } from '#ui/format.ts';
import { IconButton } from '#ui/icon-button.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Badge, Status } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { useToast } from '#ui/toast.tsx';
import { decisionWords } from './decision-words.ts';
import { ForegroundQuery } from './foreground-query.ts';
import { TuneForm } from './tune-form.tsx';

const AcceptMutation = graphql(`
  mutation AcceptForegrounds($input: AcceptForegroundsInput!) {
    acceptForegrounds(input: $input) {
      ... on AcceptForegroundsPayload { count foregrounds { id decision } dataset { id foregroundSummary { pictures waiting found tuned accepted rejected flagged } } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Dataset = Extract<NonNullable<DatasetForegroundQuery['node']>, { readonly __typename: 'Dataset' }>;
type Mask = Dataset['foregrounds']['edges'][number]['node'];

export interface ContactSheetProps {
  readonly id: string;
  /** The dataset's own page. */
  readonly dataset: string;
  readonly initial: DatasetForegroundQuery;
}

/** All masks, worst first; A accepts and R leaves out the one that has the keyboard, arrows go on. */
export function ContactSheet({ id, dataset: page, initial }: ContactSheetProps) {
  const data = useLive(ForegroundQuery, {
    variables: { id },
    initial,
    isRunning: (seen) => (datasetOf(seen)?.foregroundSummary.waiting ?? 0) > 0,
  });
  const { mutate, busy, problem } = useMutate(AcceptMutation);
  const toast = useToast();
  const list = useRef<HTMLUListElement>(null);
  // The picture that is tuned, by its id; null while nobody tunes.
  const [tuned, setTuned] = useState<string | null>(null);
  const dataset = datasetOf(data) ?? datasetOf(initial);
  if (dataset === null) return null;
  const { foregroundSummary: summary, viewerCanEdit } = dataset;
  const masks = dataset.foregrounds.edges.map(({ node }) => node);
  const [worst, ...others] = masks;
  const decide = async (verdict: ForegroundVerdict, foregrounds: readonly string[] | null, words: string) => {
    const payload = await mutate({
      input: { dataset: id, verdict, foregrounds: foregrounds === null ? null : [...foregrounds] },
    });
    if (payload === null) return;
    toast({
      says: `${formatCount(payload.count, 'mask')} ${words}`,
      ...(verdict === 'UNDO'
        ? {}
        : {
            undo: () =>
              void decide(
                'UNDO',
                payload.foregrounds.map((one) => one.id),
                'open again',
              ),
          }),
    });
  };
  const steer = (event: KeyboardEvent, mask: Mask, place: number) => {
    if (viewerCanEdit && event.key === 'a') void decide('ACCEPT', [mask.id], 'accepted');
    else if (viewerCanEdit && event.key === 'r') void decide('REJECT', [mask.id], 'left out');
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const cards = list.current?.querySelectorAll<HTMLElement>('[data-mask]');
      cards?.[place + (event.key === 'ArrowRight' ? 1 : -1)]?.focus();
    } else return;
    event.preventDefault();
  };
  if (summary.pictures === 0) {
    return (
      <EmptyState
        says="Masks are found as soon as pictures are labelled with one line alone."
        action={
          <Link href={page} className={buttonStyle('primary')}>
            Label pictures
          </Link>
        }
      />
    );
  }
  const open = masks.filter(
    ({ decision, flags }) => flags.length === 0 && decision !== 'ACCEPTED' && decision !== 'REJECTED',
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="text-base">
          {[
            formatCount(summary.pictures, 'pure picture'),
            summary.waiting > 0 ? `${summary.waiting} being looked through` : '',
            summary.flagged > 0 ? `${summary.flagged} to look at` : '',
            `${summary.accepted} accepted`,
            summary.rejected > 0 ? `${summary.rejected} left out` : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {viewerCanEdit && (
          <Button
            kind="primary"
            busy={busy}
            disabled={open.length === 0}
            onClick={() => void decide('ACCEPT', null, 'accepted')}
          >
            {open.length === 0 ? 'All unflagged are decided' : `Accept the ${open.length} unflagged`}
          </Button>
        )}
      </div>
      <ProblemNote problem={problem} />
      {viewerCanEdit && worst !== undefined && (
        <TuneForm
          dataset={id}
          parameters={dataset.foregroundParameters}
          pictures={[worst, ...others]}
          chosen={tuned}
          onChoose={setTuned}
        />
      )}
      <ul ref={list} className="grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-4">
        {masks.map((mask, place) => (
          <li
            key={mask.id}
            className={clsx(
              'overflow-hidden rounded-ui border bg-surface',
              mask.flags.length > 0 ? 'border-care/60' : 'border-line',
            )}
          >
            <figure>
              <button
                type="button"
                data-mask
                aria-label={`${mask.image.name}, ${decisionWords[mask.decision].says}: accept`}
                disabled={!viewerCanEdit}
                onClick={() => void decide('ACCEPT', [mask.id], 'accepted')}
                onKeyDown={(event) => steer(event, mask, place)}
                className="flex aspect-4/3 w-full items-center justify-center bg-image focus-visible:-outline-offset-2"
              >
                {mask.previewUrl !== null && (
                  <img
                    src={mask.previewUrl}
                    alt={`Outline of what is cell in ${mask.image.name}`}
                    loading="lazy"
                    className="size-full object-contain"
                  />
                )}
              </button>
              <figcaption className="px-3 py-2">
                <span className="flex items-center justify-between gap-2">
                  <span className="min-w-0 truncate text-sm" title={mask.image.name}>
                    {mask.image.name}
                  </span>
                  <Status tone={decisionWords[mask.decision].tone}>
                    {decisionWords[mask.decision].says}
                  </Status>
                </span>
                <span className="flex items-center gap-1.5 text-muted text-xs">
                  {mask.image.sample?.lines.map(({ cellLine }) => (
                    <span key={cellLine.id} className="flex items-center gap-1">
                      <Swatch colour={cellLine.colour} className="size-2.5" />
                      {cellLine.name}
                    </span>
                  ))}
                  <span>{`${Math.round(100 * mask.coverage)} % covered`}</span>
                  {mask.image.foregroundOverridden && <Badge>own settings</Badge>}
                </span>
                {mask.flags.map(({ kind, reason, suggestion }) => (
                  <p key={kind} className="mt-1 text-xs">
                    <span className="text-care">{reason}</span>{' '}
                    <span className="text-muted">{suggestion}</span>
                  </p>
                ))}
                {viewerCanEdit && (
                  <span className="-ml-2 mt-1 flex">
                    <IconButton
                      label={`Accept ${mask.image.name} (A)`}
                      disabled={mask.decision === 'ACCEPTED'}
                      onClick={() => void decide('ACCEPT', [mask.id], 'accepted')}
                    >
                      <Check />
                    </IconButton>
                    <IconButton
                      label={`Leave ${mask.image.name} out (R)`}
                      disabled={mask.decision === 'REJECTED'}
                      onClick={() => void decide('REJECT', [mask.id], 'left out')}
                    >
                      <X />
                    </IconButton>
                    <IconButton
                      label={`Tune on ${mask.image.name}`}
                      onClick={() => {
                        setTuned(mask.image.id);
                        window.scrollTo({ top: 0 });
                      }}
                    >
                      <SlidersHorizontal />
                    </IconButton>
                  </span>
                )}
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </>
  );
}

function datasetOf(data: DatasetForegroundQuery): Dataset | null {
  return data.node?.__typename === 'Dataset' ? data.node : null;
}
