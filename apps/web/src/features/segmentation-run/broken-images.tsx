'use client';

import { RotateCcw } from 'lucide-react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { Section } from '#ui/page-header.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import type { SegmentationRun } from './segmentation-run-view.tsx';

const RetrySegmentationsMutation = graphql(`
  mutation RetrySegmentations($input: RetrySegmentationsInput!) {
    retrySegmentations(input: $input) {
      ... on RetrySegmentationsPayload { images segmentationRun { id status done failed } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface BrokenImagesProps {
  readonly run: string;
  readonly images: readonly SegmentationRun['broken']['edges'][number]['node'][];
  readonly mayEdit: boolean;
}

/** Images that were not segmented: why, and once more, one by one or all. */
export function BrokenImages({ run, images, mayEdit }: BrokenImagesProps) {
  const { mutate, busy, problem } = useMutate(RetrySegmentationsMutation);
  const toast = useToast();
  const retry = async (segmentations?: readonly string[]) => {
    const payload = await mutate({
      input: { segmentationRun: run, ...(segmentations && { segmentations: [...segmentations] }) },
    });
    if (payload !== null) toast({ says: `${formatCount(payload.images, 'image')} once more` });
  };
  return (
    <Section
      title="Not segmented"
      actions={
        mayEdit ? (
          <Button icon={<RotateCcw aria-hidden="true" />} busy={busy} onClick={() => void retry()}>
            Try all again
          </Button>
        ) : undefined
      }
    >
      <ProblemNote problem={problem} />
      <ul className="hairline divide-y divide-line rounded-ui bg-surface">
        {images.map(({ id, status, image, errorMessage, errorCure }) => (
          <li key={id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3 py-2">
            <div className="min-w-0 flex-1 text-sm">
              <p className="font-medium [overflow-wrap:anywhere]">{image?.name ?? 'withdrawn image'}</p>
              <p className={status === 'FAILED' ? 'text-bad' : 'text-muted'}>
                {status === 'FAILED' ? (errorMessage ?? 'It failed.') : 'Cancelled before its turn.'}
              </p>
              {errorCure !== null && <p className="text-muted text-xs">{errorCure}</p>}
            </div>
            {mayEdit && (
              <Button kind="quiet" disabled={busy} onClick={() => void retry([id])}>
                Try again
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
