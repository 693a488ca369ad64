'use client';

import { Download, Square } from 'lucide-react';
import { useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button, buttonStyle } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { formatBytes } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { DownloadLink } from '../download/download-link.tsx';
import { isUnderWay } from '../run/run-words.ts';
import type { SegmentationRun } from './segmentation-run-view.tsx';

const CancelSegmentationRunMutation = graphql(`
  mutation CancelSegmentationRun($input: CancelSegmentationRunInput!) {
    cancelSegmentationRun(input: $input) {
      ... on CancelSegmentationRunPayload { segmentationRun { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);
const ExportSegmentationsMutation = graphql(`
  mutation ExportSegmentations($input: ExportSegmentationsInput!) {
    exportSegmentations(input: $input) {
      ... on ExportSegmentationsPayload {
        export {
          id
          segmentationRun {
            id
            exports(first: 1) {
              edges { node { id status progress sizeBytes url errorMessage errorCure } }
            }
          }
        }
      }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface SegmentationRunActionsProps {
  readonly run: SegmentationRun;
  readonly mayEdit: boolean;
}

/** Cancel while it runs; afterwards take everything away. */
export function SegmentationRunActions({ run, mayEdit }: SegmentationRunActionsProps) {
  const canCancel = run.status === 'QUEUED' || run.status === 'RUNNING';
  return (
    <>
      {canCancel && mayEdit && <CancelButton id={run.id} />}
      {run.done > 0 && !isUnderWay(run.status) && <ExportButton run={run} mayEdit={mayEdit} />}
    </>
  );
}

function CancelButton({ id }: { readonly id: string }) {
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem } = useMutate(CancelSegmentationRunMutation);
  const toast = useToast();
  const cancel = async () => {
    const payload = await mutate({ input: { segmentationRun: id } });
    if (payload === null) return;
    toast({ says: 'The segmentation stops' });
    setOpen(false);
  };
  return (
    <>
      <Button icon={<Square aria-hidden="true" />} onClick={() => setOpen(true)}>
        Cancel
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Cancel this segmentation?"
        says="Images that are done stay; the others can be segmented later from this page."
      >
        <ProblemNote problem={problem} />
        <DialogButtons>
          <Button onClick={() => setOpen(false)}>Let it run</Button>
          <Button kind="danger" busy={busy} onClick={cancel}>
            Cancel the segmentation
          </Button>
        </DialogButtons>
      </Dialog>
    </>
  );
}

/** Packs a ZIP of tables, maps and overlays, then offers it. */
function ExportButton({ run, mayEdit }: SegmentationRunActionsProps) {
  const { mutate, busy, problem } = useMutate(ExportSegmentationsMutation, { once: true });
  const newest = run.exports.edges[0]?.node;
  if (newest?.url != null) {
    return (
      <DownloadLink of={newest.id} href={newest.url} className={buttonStyle('primary')}>
        <Download aria-hidden="true" />
        {`Download ZIP${newest.sizeBytes === null ? '' : ` (${formatBytes(newest.sizeBytes)})`}`}
      </DownloadLink>
    );
  }
  if (!mayEdit) return null;
  const packing = newest !== undefined && isUnderWay(newest.status);
  return (
    <>
      <ProblemNote
        problem={
          problem ??
          (newest?.status === 'FAILED'
            ? { message: newest.errorMessage ?? 'The export failed.', cure: newest.errorCure }
            : null)
        }
      />
      <Button
        kind="primary"
        icon={<Download aria-hidden="true" />}
        busy={busy || packing}
        onClick={() => void mutate({ input: { segmentationRun: run.id } })}
      >
        {packing
          ? `Packing${newest.progress === null ? '' : ` ${Math.floor(100 * newest.progress)} %`}`
          : 'Export everything'}
      </Button>
    </>
  );
}

/** Why the last ZIP cannot be downloaded any more; nothing while it can, or where there is none. */
export function ExportNote({ run, mayEdit }: SegmentationRunActionsProps) {
  const newest = run.exports.edges[0]?.node;
  if (newest?.status !== 'SUCCEEDED' || newest.errorMessage === null) return null;
  const cure = mayEdit ? newest.errorCure : 'Ask somebody who may edit the project to export once more.';
  return (
    <p role="note" className="-mt-2 mb-6 max-w-2xl text-base text-muted">
      {`The last ZIP is gone. ${newest.errorMessage} ${cure ?? ''}`}
    </p>
  );
}
