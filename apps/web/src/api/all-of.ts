/** A page of a list, as the API gives it. */
export interface ListPage<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * All of a list whose first page has come; the others are read one after the other. For lists that a person picks from,
 * and that a lab has some hundreds of at most.
 */
export async function allOf<Node>(
  first: ListPage<Node>,
  next: (after: string) => Promise<ListPage<Node> | undefined>,
): Promise<Node[]> {
  const all: Node[] = [];
  for (let page: ListPage<Node> | undefined = first; page !== undefined; ) {
    all.push(...page.edges.map(({ node }) => node));
    const { hasNextPage, endCursor }: ListPage<Node>['pageInfo'] = page.pageInfo;
    page = hasNextPage && endCursor !== null ? await next(endCursor) : undefined;
  }
  return all;
}
