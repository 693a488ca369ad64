/** A name for an image's file: its own, with the ending of the name that people gave, which tells some kinds apart. */
export function fileName(stem: string, name: string): string {
  return `${stem}${/\.[A-Za-z0-9.]{1,12}$/.exec(name)?.[0] ?? ''}`;
}
