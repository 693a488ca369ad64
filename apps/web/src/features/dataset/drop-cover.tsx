'use client';

import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { type DropMessage, takeDrops } from './take-drops.ts';
import type { FoundFile } from './upload-queue.ts';

export interface DropCoverProps {
  /** Where the files go. */
  readonly name: string;
  readonly onFiles: (files: readonly FoundFile[]) => void;
  /** Whether dropped folders are being looked through. */
  readonly onReading: (reading: boolean) => void;
  /** Paths of what was dropped and cannot be read. */
  readonly onUnread: (paths: readonly string[]) => void;
}

/**
 * Files may be dropped anywhere on the page. A browser asks for the type of each file before it tells of the drag and
 * of the drop, and what they come to stands still meanwhile: half a second for a thousand. So a frame without rights,
 * which browsers run in a process of its own, lies over the page while the pointer is away from it, takes the files and
 * hands them on; a pointer that comes back without files lifts it.
 */
export function DropCover({ name, onFiles, onReading, onUnread }: DropCoverProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [text, setText] = useState<string>();
  const [spread, setSpread] = useState(false);
  const [over, setOver] = useState(false);
  const told = useRef({ onFiles, onReading, onUnread });
  useEffect(() => {
    told.current = { onFiles, onReading, onUnread };
  });

  useEffect(() => {
    let ready = false;
    const listening = new AbortController();
    const { signal } = listening;
    const take = (message: DropMessage) => {
      // A frame without rights may not look into folders; the page may.
      if (message.kind === 'other' || (message.kind === 'over' && message.folders)) setSpread(false);
      if (message.kind !== 'files') setOver(message.kind === 'over');
      if (message.kind === 'dropped') told.current.onReading(true);
      if (message.kind === 'files') told.current.onFiles(message.files);
      if (message.kind === 'read') {
        setSpread(false);
        // A drop takes the keyboard along.
        frame.current?.blur();
        focus();
        told.current.onReading(false);
        told.current.onUnread(message.unread);
      }
    };
    addEventListener(
      'message',
      ({ source, data }: MessageEvent<DropMessage | { readonly kind: 'ready' }>) => {
        if (source === null || source !== frame.current?.contentWindow) return;
        if (data.kind === 'ready') ready = true;
        else take(data);
      },
      { signal },
    );
    document.documentElement.addEventListener('mouseleave', () => setSpread(ready), { signal });
    // No pointer is told of during a drag: there is none, or no more.
    const lift = () => {
      setSpread(false);
      setOver(false);
    };
    document.addEventListener('pointerover', lift, { signal });
    // What comes while the frame does not lie there.
    takeDrops(document, take, { signal });
    setText(frameText());
    return () => listening.abort();
  }, []);

  return (
    <>
      {over && (
        <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-ui border-2 border-ink border-dashed bg-surface/80">
          <p className="font-medium text-lg">{`Drop them to send them to ${name}`}</p>
        </div>
      )}
      {text !== undefined && (
        <iframe
          ref={frame}
          title="Files dropped on the page"
          aria-hidden="true"
          tabIndex={-1}
          sandbox="allow-scripts"
          srcDoc={text}
          className={clsx(
            'fixed inset-0 z-50 size-full border-0 scheme-light',
            !spread && 'pointer-events-none',
          )}
        />
      )}
    </>
  );
}

/** The frame keeps the page's rules of content: its one script carries the page's nonce. */
function frameText(): string {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const origin = JSON.stringify(location.origin);
  return `<!doctype html><html style="height:100%"><script nonce="${nonce}">{
    const tell = (message) => parent.postMessage(message, ${origin});
    (${takeDrops.toString()})(document, tell);
    tell({ kind: 'ready' });
  }</script></html>`;
}
