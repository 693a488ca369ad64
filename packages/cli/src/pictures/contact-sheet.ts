import { type Raster, resampleArea } from '@cellmixer/pixels';

const GAP = 6;

/** Pictures side by side in rows on white, each scaled to one width; RGB. */
export function contactSheet(
  pictures: readonly Raster<Uint8Array>[],
  { columns, width }: { readonly columns: number; readonly width: number },
): Raster<Uint8Array> {
  const tiles = pictures.map((picture) => toWidth(picture, width));
  const rows = Array.from({ length: Math.ceil(tiles.length / columns) }, (_, row) =>
    tiles.slice(row * columns, (row + 1) * columns),
  );
  const heights = rows.map((row) => Math.max(...row.map((tile) => tile.height)));
  const sheetWidth = Math.min(columns, tiles.length) * (width + GAP) + GAP;
  const sheetHeight = heights.reduce((sum, height) => sum + height + GAP, GAP);
  const data = new Uint8Array(3 * sheetWidth * sheetHeight).fill(255);
  const sheet = { width: sheetWidth, height: sheetHeight, channels: 3, data };
  let top = GAP;
  rows.forEach((row, r) => {
    row.forEach((tile, column) => {
      copyInto(sheet, tile, GAP + column * (width + GAP), top);
    });
    top += heights[r]! + GAP;
  });
  return sheet;
}

function toWidth(picture: Raster<Uint8Array>, width: number): Raster<Uint8Array> {
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  if (width === picture.width) return picture;
  const scaled = resampleArea({ ...picture, data: Float32Array.from(picture.data) }, width, height);
  return { ...scaled, data: Uint8Array.from(scaled.data, Math.round) };
}

function copyInto(sheet: Raster<Uint8Array>, tile: Raster<Uint8Array>, left: number, top: number): void {
  const from = tile.width * tile.height;
  const to = sheet.width * sheet.height;
  for (let channel = 0; channel < 3; channel++) {
    const source = tile.channels === 3 ? channel * from : 0;
    for (let y = 0; y < tile.height; y++) {
      const row = tile.data.subarray(source + y * tile.width, source + (y + 1) * tile.width);
      sheet.data.set(row, channel * to + (top + y) * sheet.width + left);
    }
  }
}
