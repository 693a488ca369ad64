'use client';

import { Download } from 'lucide-react';
import { Button } from './button.tsx';
import { Menu, MenuItem } from './menu.tsx';
import { saveFile } from './save-file.ts';

export interface FigureSize {
  readonly width: number;
  /** Of all words, px. */
  readonly fontSize: number;
}

export interface SaveFigureProps {
  readonly title: string;
  /** What files are called, without ending. */
  readonly fileName: string;
  /** Draws it for print: the text of an SVG. */
  readonly svg: (size: FigureSize) => string;
  /** The data behind it. */
  readonly csv: () => string;
}

/** CSS pixels of a millimetre, and 7 pt in them: what journals ask of a figure. */
const PX_PER_MM = 96 / 25.4;
const PRINT_FONT = (7 * 96) / 72;

/** Takes a figure away: as SVG for a column (85 mm) or a page (170 mm), its data as CSV. */
export function SaveFigure({ title, fileName, svg, csv }: SaveFigureProps) {
  const save = (millimetres: number) => {
    const text = svg({ width: Math.round(millimetres * PX_PER_MM), fontSize: PRINT_FONT });
    if (text !== '') saveFile(`${fileName} ${millimetres} mm.svg`, 'image/svg+xml', text);
  };
  return (
    <Menu
      trigger={
        <Button kind="quiet" icon={<Download aria-hidden="true" />} aria-label={`Save ${title}`}>
          Save
        </Button>
      }
    >
      <MenuItem onSelect={() => save(85)}>SVG, one column (85 mm)</MenuItem>
      <MenuItem onSelect={() => save(170)}>SVG, whole page (170 mm)</MenuItem>
      <MenuItem onSelect={() => saveFile(`${fileName}.csv`, 'text/csv', csv())}>Data (CSV)</MenuItem>
    </Menu>
  );
}
