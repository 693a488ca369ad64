'use client';

import type { ForegroundRegion } from '@cellmixer/cellmixer/foreground';
import { Maximize, ZoomIn } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { autoContrast } from '#viewer/state/contrast.ts';
import { drawMask, drawRegion } from './draw-mask.ts';
import type { MaskPreview } from './mask-preview.ts';
import type { PreviewMask } from './preview-messages.ts';
import { recordOf } from './tuned-parameters.ts';
import { useMaskPreview } from './use-mask-preview.ts';

/** More pixels than these are not shown at once: full size, a part at a time. */
const MOST_SHOWN = 4_000_000;
/** Values that a contrast is read from. */
const SAMPLE = 40_000;
/** Pixels that an arrow key moves. */
const STEP = 64;

export interface TunePreviewProps {
  /** The mask whose picture is shown. */
  readonly foreground: string;
  readonly image: string;
  readonly name: string;
  /** All that the sliders say now, and what the picture suggests for the rest. */
  readonly parameters: unknown;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A picture with the mask that the sliders make of it, at once: drawn by this browser, nothing is saved. */
export function TunePreview({ foreground, image, name, parameters }: TunePreviewProps) {
  const { feature, deviationSigma } = recordOf(parameters);
  const { preview, problem } = useMaskPreview(foreground, JSON.stringify([image, feature, deviationSigma]));
  const [failure, setFailure] = useState<string | null>(null);
  const [mask, setMask] = useState<PreviewMask | null>(null);
  // Middle of the part that is shown in full size; null: the whole picture.
  const [place, setPlace] = useState<Place | null>(null);
  const frame = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const dragged = useRef<{ readonly x: number; readonly y: number; readonly from: Place } | null>(null);
  const moved = useRef(false);

  const tooLarge = preview !== null && preview.width * preview.height > MOST_SHOWN;
  const at = place ?? (tooLarge ? { x: preview.width / 2, y: preview.height / 2 } : null);
  const contrast = useMemo(() => (preview === null ? [] : contrastOf(preview)), [preview]);

  useEffect(() => {
    setMask(null);
    setPlace(null);
    setFailure(null);
    if (preview === null) return;
    preview.onMask = setMask;
    preview.onProblem = setFailure;
  }, [preview]);

  const key = JSON.stringify([parameters, at]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the parameters and the place
  useEffect(() => {
    if (preview === null || frame.current === null) return;
    const { clientWidth, clientHeight } = frame.current;
    preview.ask(parameters, at === null ? wholeOf(preview) : partOf(preview, at, clientWidth, clientHeight));
  }, [preview, key]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (preview === null || mask === null || canvas.current === null || !context) return;
    const { region } = mask;
    const shown = drawRegion({ width: preview.width, channels: preview.channels, contrast }, region);
    // Shown smaller than it is: a line of one pixel would be lost.
    const scale = region.width / Math.max(1, frame.current?.clientWidth ?? 1);
    drawMask(shown, mask, Math.max(1, Math.ceil(1.5 * scale)));
    canvas.current.width = region.width;
    canvas.current.height = region.height;
    context.putImageData(new ImageData(shown, region.width, region.height), 0, 0);
  }, [preview, mask, contrast]);

  const move = (from: Place, right: number, down: number) => {
    if (preview === null) return;
    setPlace({
      x: Math.min(preview.width, Math.max(0, from.x + right)),
      y: Math.min(preview.height, Math.max(0, from.y + down)),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [right, down] = arrows[event.key] ?? [0, 0];
    if (at === null || (right === 0 && down === 0)) return;
    event.preventDefault();
    move(at, right * STEP, down * STEP);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (dragged.current === null) return;
    const { x, y, from } = dragged.current;
    if (Math.hypot(event.clientX - x, event.clientY - y) > 3) moved.current = true;
    if (moved.current) move(from, x - event.clientX, y - event.clientY);
  };
  const enlarge = (clientX: number, clientY: number, hasPointer: boolean) => {
    if (preview === null || canvas.current === null) return;
    const shown = placeIn(canvas.current, preview, clientX, clientY);
    setPlace(hasPointer ? shown : { x: preview.width / 2, y: preview.height / 2 });
  };

  const trouble = problem ?? failure;
  return (
    <figure className="min-w-0">
      <button
        ref={frame}
        type="button"
        aria-label={
          at === null
            ? `${name} with the mask that the sliders make: show it in full size`
            : `A part of ${name} in full size, with the mask that the sliders make. Arrows and dragging move it.`
        }
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          moved.current = false;
          if (at === null) return;
          dragged.current = { x: event.clientX, y: event.clientY, from: at };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          dragged.current = null;
        }}
        onClick={(event) => {
          if (at === null) enlarge(event.clientX, event.clientY, event.detail > 0);
        }}
        className={`flex aspect-4/3 w-full touch-none items-center justify-center overflow-hidden bg-image focus-visible:-outline-offset-2 ${
          at === null ? 'cursor-zoom-in' : 'cursor-grab active:cursor-grabbing'
        }`}
      >
        {trouble === null && mask === null && <Skeleton className="size-full" />}
        <canvas
          ref={canvas}
          className={trouble === null && mask !== null ? 'max-h-full max-w-full' : 'hidden'}
        />
        {trouble !== null && <span className="max-w-80 p-4 text-[#ededed] text-sm">{trouble}</span>}
      </button>
      <figcaption className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="text-muted text-xs">{saysOf(mask)}</span>
        {preview !== null && !tooLarge && (
          <Button
            kind="quiet"
            icon={at === null ? <ZoomIn aria-hidden="true" /> : <Maximize aria-hidden="true" />}
            onClick={() => (at === null ? enlarge(0, 0, false) : setPlace(null))}
          >
            {at === null ? 'Full size' : 'Whole picture'}
          </Button>
        )}
      </figcaption>
    </figure>
  );
}

const arrows: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function saysOf(mask: PreviewMask | null): string {
  if (mask === null) return 'Reading the picture …';
  if (mask.confluent) return 'No background was found: cells cover almost everything here.';
  return `${Math.round(100 * mask.coverage)} % covered. The line is the border of cells; pale pixels stay undecided.`;
}

function wholeOf({ width, height }: MaskPreview): ForegroundRegion {
  return { x: 0, y: 0, width, height };
}

/** The part around a place that fills a frame pixel by pixel, inside the picture. */
function partOf(preview: MaskPreview, at: Place, frameWidth: number, frameHeight: number): ForegroundRegion {
  const width = Math.min(preview.width, Math.max(1, frameWidth));
  const height = Math.min(preview.height, Math.max(1, frameHeight));
  const inside = (middle: number, side: number, whole: number) =>
    Math.round(Math.min(whole - side, Math.max(0, middle - side / 2)));
  return {
    x: inside(at.x, width, preview.width),
    y: inside(at.y, height, preview.height),
    width,
    height,
  };
}

/** Where on the picture a pointer is, while the whole of it is shown. */
function placeIn(canvas: HTMLCanvasElement, preview: MaskPreview, clientX: number, clientY: number): Place {
  const box = canvas.getBoundingClientRect();
  return {
    x: ((clientX - box.left) / Math.max(1, box.width)) * preview.width,
    y: ((clientY - box.top) / Math.max(1, box.height)) * preview.height,
  };
}

function contrastOf({ channels }: MaskPreview) {
  return channels.map((values) => {
    if (channels.length === 3 && values instanceof Uint8Array) return { black: 0, white: 255 };
    const step = Math.max(1, Math.floor(values.length / SAMPLE)) | 1;
    return autoContrast(Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step]!));
  });
}
