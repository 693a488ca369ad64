/** Ids as the text of a `uuid[]`: the driver looks at every sign of every text of a list, for there may be quotes. */
export function uuidList(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}
