'use client';

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Menu, MenuItem } from './menu.tsx';
import { saveFile } from './save-file.ts';

export interface ChartSize {
  readonly width: number;
  /** Of all words, px. */
  readonly fontSize: number;
}

export interface ChartProps {
  readonly title: string;
  /** What exported files are called, without ending. */
  readonly fileName: string;
  /** Draws it, in `currentColor` on nothing. */
  readonly draw: (size: ChartSize) => SVGSVGElement | HTMLElement;
  /** The data behind it. */
  readonly csv: () => string;
}

/** CSS pixels of a millimetre, and 7 pt in them: what journals ask of a figure. */
const PX_PER_MM = 96 / 25.4;
const PRINT_FONT = (7 * 96) / 72;

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
  const saveSvg = (millimetres: number) => {
    const drawn = draw({ width: Math.round(millimetres * PX_PER_MM), fontSize: PRINT_FONT });
    const svg = drawn instanceof SVGSVGElement ? drawn : drawn.querySelector('svg');
    if (svg === null) return;
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    svg.setAttribute('color', '#000000');
    svg.setAttribute('font-family', 'IBM Plex Sans, Arial, sans-serif');
    saveFile(`${fileName} ${millimetres} mm.svg`, 'image/svg+xml', svg.outerHTML);
  };
  return (
    <figure className="hairline min-w-0 rounded-ui bg-surface p-3">
      <figcaption className="mb-2 flex items-center justify-between gap-2">
        <span className="font-medium text-base">{title}</span>
        <Menu
          trigger={
            <Button kind="quiet" icon={<Download aria-hidden="true" />} aria-label={`Save ${title}`}>
              Save
            </Button>
          }
        >
          <MenuItem onSelect={() => saveSvg(85)}>SVG, one column (85 mm)</MenuItem>
          <MenuItem onSelect={() => saveSvg(170)}>SVG, whole page (170 mm)</MenuItem>
          <MenuItem onSelect={() => saveFile(`${fileName}.csv`, 'text/csv', csv())}>Data (CSV)</MenuItem>
        </Menu>
      </figcaption>
      <div ref={place} role="img" aria-label={title} className="chart min-h-40 text-ink" />
    </figure>
  );
}
