'use client';

import { clsx } from 'clsx';
import { FolderOpen, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { formatBytes, formatCount } from '#ui/format.ts';
import { Progress } from '#ui/progress.tsx';
import { Status } from '#ui/status.tsx';
import { DropCover } from './drop-cover.tsx';
import type { FoundFile, QueuedFile } from './upload-queue.ts';
import { useUploads } from './use-uploads.ts';

/** Of those that need nobody so many are shown; the rest is counted. Every failure is named. */
const SHOWN = 8;

export interface UploadPanelProps {
  readonly dataset: string;
  readonly name: string;
  /** Nothing is there yet: the panel is the page's main thing. */
  readonly empty: boolean;
}

/** Drop files or folders; each goes on its own, and says for itself what is wrong. */
export function UploadPanel({ dataset, name, empty }: UploadPanelProps) {
  const { queue, add, change, stop } = useUploads(dataset);
  const [reading, setReading] = useState(false);
  const [unread, setUnread] = useState<readonly string[]>([]);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const choose = (list: FileList | null) => void add(chosen(list));
  // What was chosen before the page was live.
  useEffect(() => {
    for (const input of [files.current, folder.current]) void add(chosen(input?.files ?? null));
  }, [add]);
  return (
    <section
      aria-label="Upload"
      className={clsx(
        'mb-5 rounded-ui border border-edge/60 border-dashed bg-surface px-4',
        empty ? 'py-10' : 'py-3',
      )}
    >
      <DropCover
        name={name}
        onFiles={(found) => void add(found)}
        onReading={setReading}
        onUnread={setUnread}
      />
      <div
        className={clsx('flex flex-wrap items-center gap-x-4 gap-y-2', empty && 'justify-center text-center')}
      >
        <p className="text-base text-muted">
          Drop pictures or folders here: TIFF, OME-TIFF, PNG, JPEG. Pure cultures and mixtures alike.
        </p>
        <div className="flex gap-2">
          <Button
            kind={empty ? 'primary' : 'plain'}
            icon={<Upload aria-hidden="true" />}
            onClick={() => files.current?.click()}
          >
            Choose files
          </Button>
          <Button icon={<FolderOpen aria-hidden="true" />} onClick={() => folder.current?.click()}>
            Choose a folder
          </Button>
        </div>
        <input
          ref={files}
          type="file"
          multiple
          aria-label="Files to upload"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => choose(event.target.files)}
        />
        <input
          ref={folder}
          type="file"
          multiple
          aria-label="Folder to upload"
          className="sr-only"
          tabIndex={-1}
          {...{ webkitdirectory: '' }}
          onChange={(event) => choose(event.target.files)}
        />
      </div>
      {reading && (
        <p role="status" className={clsx('mt-2 text-muted text-sm', empty && 'text-center')}>
          Looking through what was dropped …
        </p>
      )}
      {unread.length > 0 && (
        <p role="alert" className={clsx('mt-2 text-bad text-sm', empty && 'text-center')}>
          {`Cannot be read: ${unread.join(', ')}. Check that it is still there and that you may open it, then drop it again; a folder named like a picture goes by “Choose a folder”.`}
        </p>
      )}
      {queue.length > 0 && (
        <UploadList
          queue={queue}
          onRetry={() => change({ kind: 'retry' })}
          onStop={stop}
          onClear={() => change({ kind: 'clear' })}
        />
      )}
    </section>
  );
}

function chosen(list: FileList | null): FoundFile[] {
  return [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

interface UploadListProps {
  readonly queue: readonly QueuedFile[];
  readonly onRetry: () => void;
  readonly onStop: () => void;
  readonly onClear: () => void;
}

function UploadList({ queue, onRetry, onStop, onClear }: UploadListProps) {
  const of = (state: QueuedFile['state']) => queue.filter((one) => one.state === state);
  const failed = of('failed');
  const known = of('there');
  const sent = of('sent').length;
  const under = of('sending').length + of('waiting').length;
  const bytes = queue.reduce((sum, { size }) => sum + size, 0);
  const gone = queue.reduce((sum, { size, share }) => sum + size * share, 0);
  // What needs somebody comes first, then what moves.
  const others = [...of('sending'), ...of('waiting'), ...of('sent'), ...known];
  const shown = [...failed, ...others.slice(0, SHOWN)];
  return (
    <div className="mt-3">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p role="status" className="text-base">
          {countsOf(queue.length, { under, sent, failed: failed.length, known: known.length })}
        </p>
        <div className="flex gap-2">
          {under > 0 && <Button onClick={onStop}>Stop</Button>}
          {failed.length > 0 && <Button onClick={onRetry}>Send again what failed</Button>}
          {under === 0 && <Button onClick={onClear}>Clear the list</Button>}
        </div>
      </div>
      {under > 0 && (
        <>
          <Progress label="Upload" done={gone} total={bytes} bare />
          {queue.some(({ state, again }) => state === 'sending' && again) && (
            <p role="status" className="mt-1 text-care text-sm">
              Something did not get through. It is sent again by itself; leave this page open.
            </p>
          )}
          <p className="mt-1 text-muted text-xs">
            If this page is closed, drop the same files again: what has arrived is recognised and left out.
          </p>
        </>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ul className="mt-2 max-h-96 divide-y divide-line overflow-y-auto" tabIndex={0} aria-label="Files">
        {shown.map((one) => (
          <li key={one.key} className="flex min-h-8 flex-wrap items-center gap-x-3 py-1 text-sm">
            <span className="min-w-0 flex-1 truncate">{one.file.name}</span>
            <span className="text-muted">{formatBytes(one.size)}</span>
            <span className="flex w-28 justify-end">
              {one.state === 'failed' && <Status tone="bad">Not sent</Status>}
              {one.state === 'sent' && <Status tone={one.warning === null ? 'good' : 'care'}>Sent</Status>}
              {one.state === 'there' && <Status tone="good">Already here</Status>}
              {one.state === 'sending' && (
                <Status tone={one.again ? 'care' : 'running'}>
                  {one.again ? 'Tries again' : `${Math.round(100 * one.share)} %`}
                </Status>
              )}
              {one.state === 'waiting' && <Status tone="waiting">Waits</Status>}
            </span>
            {(one.problem ?? one.warning) !== null && (
              <span className={clsx('w-full text-xs', one.problem === null ? 'text-care' : 'text-bad')}>
                {one.problem ?? one.warning}
              </span>
            )}
          </li>
        ))}
      </ul>
      {others.length > SHOWN && (
        <p className="mt-1 text-muted text-xs">{`and ${formatCount(others.length - SHOWN, 'more file')}`}</p>
      )}
    </div>
  );
}

interface Counts {
  readonly under: number;
  readonly sent: number;
  readonly failed: number;
  readonly known: number;
}

function countsOf(all: number, { under, sent, failed, known }: Counts): string {
  const count = (n: number) => n.toLocaleString('en-GB');
  if (known === all) return `Nothing to send: ${all === 1 ? 'it is' : `all ${count(all)} are`} here already`;
  const here = known === 0 ? '' : ` · ${count(known)} ${known === 1 ? 'was' : 'were'} here already`;
  if (under > 0) return `${count(sent)} of ${formatCount(all - known, 'file')} sent${here}`;
  return `${formatCount(sent, 'file')} sent${failed === 0 ? '' : `, ${count(failed)} not`}${here}`;
}
