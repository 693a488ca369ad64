/** What stands before and after a segmentation, the least sure first, as its run lists them. */
export function neighboursOf(
  all: readonly { readonly id: string; readonly uncertainty: number | null }[],
  id: string,
) {
  const order = all.toSorted((a, b) => (b.uncertainty ?? 0) - (a.uncertainty ?? 0));
  const place = order.findIndex((one) => one.id === id);
  const at = (index: number) => (place === -1 ? null : (order[index]?.id ?? null));
  return {
    before: place > 0 ? at(place - 1) : null,
    after: at(place + 1),
    /** From 1; 0 where it is not among them. */
    place: place + 1,
    total: place === -1 ? 0 : order.length,
  };
}
