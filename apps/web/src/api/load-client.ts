type Api = {
  readonly client: import('@apollo/client').ApolloClient;
  readonly problemOf: typeof import('./make-client.ts').problemOf;
};

let api: Promise<Api> | undefined;

/**
 * The page's one Apollo client. It comes after the first look at a page, by `<PrepareClient>` or with the first thing
 * that is asked or sent: what is shown first the server has read.
 *
 * @throws where its code cannot be fetched; the next call tries again
 */
export function loadClient(): Promise<Api> {
  api ??= import('./make-client.ts').then(
    async ({ makeClient, problemOf }) => {
      // The page gets its turn between reading the code and using it.
      await new Promise((done) => setTimeout(done));
      return { client: makeClient(), problemOf };
    },
    (error: unknown) => {
      api = undefined;
      throw error;
    },
  );
  return api;
}
