import { send } from '#api/ask.ts';
import { graphql } from '#graphql';
import { hashOf } from './hash-of.ts';
import { askPatiently } from './persist.ts';
import { sendBytes, type Watcher } from './send-bytes.ts';

const CreatePartTicketsMutation = graphql(`
  mutation CreatePartTickets($input: CreatePartTicketsInput!) {
    createPartTickets(input: $input) {
      __typename
      ... on CreatePartTicketsPayload { tickets { part url headers { name value } } }
      ... on UserError { code message cure }
    }
  }
`);

export interface CutFile {
  readonly dataset: string;
  readonly uploadId: string;
  readonly file: File;
  /** Bytes of each part but the last. */
  readonly size: number;
  readonly count: number;
  /** MD5 by part, of those that have come. */
  readonly there: ReadonlyMap<number, string>;
}

/** Parts of a file that are under way at once. */
const AT_ONCE = 3;

/** Sends the parts of a file that have not come yet, each bound to its bytes. @returns why not, or null */
export async function sendParts(
  { dataset, uploadId, file, size, count, there }: CutFile,
  { onSent, onAgain }: Watcher,
  signal: AbortSignal,
): Promise<string | null> {
  const sent = new Array<number>(count).fill(0);
  const tell = (part: number, bytes: number) => {
    sent[part - 1] = bytes;
    onSent(sent.reduce((sum, one) => sum + one, 0));
  };
  let [next, problem] = [1, null as string | null];
  const lane = async () => {
    while (next <= count && problem === null && !signal.aborted) {
      const part = next++;
      const bytes = file.slice((part - 1) * size, part * size);
      const md5 = await hashOf('md5', bytes);
      // A ticket when its turn comes: a file may take longer than a ticket holds.
      const failed =
        there.get(part) === md5
          ? null
          : await sendPart(
              { dataset, uploadId, part, md5 },
              bytes,
              { onSent: (gone) => tell(part, gone), onAgain },
              signal,
            );
      if (failed === null) tell(part, bytes.size);
      else problem ??= failed;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return problem ?? (signal.aborted ? 'Stopped.' : null);
}

async function sendPart(
  { dataset, uploadId, part, md5 }: { dataset: string; uploadId: string; part: number; md5: string },
  bytes: Blob,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<string | null> {
  const input = { dataset, uploadId, parts: [{ part, md5 }] };
  const { createPartTickets: made } = await askPatiently(
    () => send(CreatePartTicketsMutation, { input }),
    signal,
    watcher.onAgain,
  );
  if (made?.__typename !== 'CreatePartTicketsPayload')
    return made === undefined ? 'The server did not answer.' : `${made.message} ${made.cure ?? ''}`;
  const [ticket] = made.tickets;
  return ticket === undefined ? 'No ticket came.' : sendBytes(bytes, ticket, watcher, signal);
}
