/** A plane of 16 bits. */
export interface StackPlane {
  readonly width: number;
  readonly height: number;
  readonly data: Uint16Array;
}

/**
 * A TIFF as ImageJ saves a stack: one page that is described, whose planes follow one another in the file.
 *
 * @param description such as `ImageJ=1.54f\nimages=6\nslices=3\nframes=2`
 * @param planes of one size, slice by slice and frame by frame
 * @param written the file's own date, such as `2026:11:02 09:30:00`; without it, none
 */
export function stackFile(
  description: string,
  planes: readonly StackPlane[],
  written = '',
): Uint8Array<ArrayBuffer> {
  const [{ width, height } = { width: 0, height: 0 }] = planes;
  const text = new TextEncoder().encode(`${description}\n\0`);
  const date = new TextEncoder().encode(written === '' ? '' : `${written}\0`);
  const planeBytes = 2 * width * height;
  const textAt = 8 + planes.length * planeBytes;
  const dateAt = textAt + text.length + (text.length % 2);
  const directoryAt = dateAt + date.length + (date.length % 2);
  const fields: readonly (readonly [tag: number, value: number])[] = [
    [256, width],
    [257, height],
    [258, 16],
    [259, 1],
    [262, 1],
    [270, textAt],
    [273, 8],
    [277, 1],
    [278, height],
    [279, planeBytes],
    ...(date.length > 0 ? [[306, dateAt] as const] : []),
  ];
  const bytes = new Uint8Array(directoryAt + 6 + 12 * fields.length);
  bytes.set([0x49, 0x49, 42, 0]);
  bytes.set(text, textAt);
  bytes.set(date, dateAt);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, directoryAt, true);
  planes.forEach(({ data }, plane) => {
    for (const [i, value] of data.entries()) view.setUint16(8 + plane * planeBytes + 2 * i, value, true);
  });
  view.setUint16(directoryAt, fields.length, true);
  fields.forEach(([tag, value], i) => {
    const at = directoryAt + 2 + 12 * i;
    const words = tag === 270 ? text : tag === 306 ? date : null;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, words === null ? 4 : 2, true);
    view.setUint32(at + 4, words?.length ?? 1, true);
    view.setUint32(at + 8, value, true);
  });
  return bytes;
}
