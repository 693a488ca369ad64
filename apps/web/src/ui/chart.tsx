'use client';

import { useEffect, useRef, useState } from 'react';
import { type FigureSize, SaveFigure } from './save-figure.tsx';

export interface ChartProps {
  readonly title: string;
  /** What exported files are called, without ending. */
  readonly fileName: string;
  /** Draws it, in `currentColor` on nothing. */
  readonly draw: (size: FigureSize) => SVGSVGElement | HTMLElement;
  /** The data behind it. */
  readonly csv: () => string;
}

/** A chart that fits its place, and leaves it as SVG for a column (85 mm) or a page (170 mm) and as CSV. */
export function Chart({ title, fileName, draw, csv }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const node = place.current;
    if (node === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const drawn = draw({ width, fontSize: 12 });
    // The page's policy takes no style sheets from scripts; `globals.css` has what they would say.
    for (const sheet of drawn.querySelectorAll('style')) sheet.remove();
    // The whole is one image with a name; its parts may have none of their own.
    for (const part of drawn.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
    place.current?.replaceChildren(drawn);
  }, [draw, width]);
  const svg = (size: FigureSize) => {
    const drawn = draw(size);
    const found = drawn instanceof SVGSVGElement ? drawn : drawn.querySelector('svg');
    if (found === null) return '';
    found.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    found.setAttribute('color', '#000000');
    found.setAttribute('font-family', 'IBM Plex Sans, Arial, sans-serif');
    return found.outerHTML;
  };
  return (
    <figure className="hairline min-w-0 rounded-ui bg-surface p-3">
      <figcaption className="mb-2 flex items-center justify-between gap-2">
        <span className="font-medium text-base">{title}</span>
        <SaveFigure title={title} fileName={fileName} svg={svg} csv={csv} />
      </figcaption>
      <div ref={place} role="img" aria-label={title} className="chart text-ink empty:min-h-40" />
    </figure>
  );
}
