import { send } from '#api/ask.ts';
import { newKey, withKey } from '#api/idempotency-key.ts';
import { graphql } from '#graphql';
import type { CreateUploadsMutation as CreateUploadsData } from '#graphql/graphql.ts';
import { hashOf } from './hash-of.ts';
import { findKnown, type HashedFile, type KnownFiles, partsThere } from './known-files.ts';
import { askPatiently, wordsOf } from './persist.ts';
import { sendBytes, type Watcher } from './send-bytes.ts';
import { sendParts } from './send-parts.ts';
import type { QueuedFile } from './upload-queue.ts';

const CreateUploadsMutation = graphql(`
  mutation CreateUploads($input: CreateUploadsInput!) {
    createUploads(input: $input) {
      __typename
      ... on CreateUploadsPayload { tickets { uploadId url headers { name value } parts { size count } } }
      ... on UserError { code message cure }
    }
  }
`);
const CompleteUploadsMutation = graphql(`
  mutation CompleteUploads($input: CompleteUploadsInput!) {
    completeUploads(input: $input) {
      __typename
      ... on CompleteUploadsPayload { items { uploadId problem warning image { id } } }
      ... on UserError { code message cure }
    }
  }
`);
const AbortUploadsMutation = graphql(`
  mutation AbortUploads($input: AbortUploadsInput!) {
    abortUploads(input: $input) {
      __typename
      ... on UserError { code message cure }
    }
  }
`);

/** Files sent at once. */
const AT_ONCE = 4;

type Payload = Extract<CreateUploadsData['createUploads'], { readonly __typename: 'CreateUploadsPayload' }>;
type Ticket = Omit<Payload['tickets'][number], '__typename' | 'headers'> & {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
};

/** What a file goes by, and whether parts of it have come. */
interface Way {
  readonly ticket: Ticket;
  readonly goesOn: boolean;
}

interface Entry extends HashedFile {
  readonly key: string;
}

/** Tells what becomes of files, by their keys. */
export type Tell = (keys: readonly string[], change: Partial<QueuedFile>) => void;

/** Asks the server for all files of a pack; where it does not answer, again, and the files say so. */
type Ask = <Data>(question: () => Promise<Data>) => Promise<Data>;

const UNANSWERED = 'The server did not answer. Check the connection, then send it again.';

/**
 * Sends files into a dataset, four at once; images are made of them when all have gone. What the dataset has already
 * is left out, and a large file that broke off goes on where it was.
 */
export async function sendPack(
  dataset: string,
  pack: readonly QueuedFile[],
  tellPage: Tell,
  signal: AbortSignal,
): Promise<void> {
  const open = new Set(pack.map(({ key }) => key));
  const tell: Tell = (keys, change) => {
    if (change.state !== undefined && change.state !== 'sending') for (const key of keys) open.delete(key);
    tellPage(keys, change);
  };
  const fail = (keys: readonly string[], problem: string) => tell(keys, { state: 'failed', problem });
  const ask: Ask = async (question) => {
    let again = false;
    const answer = await askPatiently(question, signal, () => {
      again = true;
      tell([...open], { again });
      return true;
    });
    if (again) tell([...open], { again: false });
    return answer;
  };
  tell([...open], { state: 'sending' });
  try {
    const hashed = await hashAll(pack, fail, signal);
    if (hashed.length === 0) return;
    const known = await ask(() => findKnown(dataset, hashed));
    if (known === null) return fail([...open], 'This dataset cannot be seen any more.');
    const there = hashed.filter(known.isThere);
    if (there.length > 0) tell(keysOf(there), { state: 'there', share: 1 });
    const missing = hashed.filter((one) => !known.isThere(one));
    if (missing.length === 0) return;
    const tickets = await obtainTickets(dataset, missing, known, ask);
    if (typeof tickets === 'string') return fail(keysOf(missing), tickets);
    await sendAll(dataset, missing, tickets, tell, ask, signal);
  } catch (error) {
    // What has ended keeps its own words.
    fail([...open], signal.aborted ? 'Stopped.' : ((await wordsOf(error)) ?? UNANSWERED));
  }
}

const keysOf = (entries: readonly Entry[]) => entries.map(({ key }) => key);

/** Those that have bytes and can be read. */
async function hashAll(
  pack: readonly QueuedFile[],
  fail: (keys: readonly string[], problem: string) => void,
  signal: AbortSignal,
): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const { key, file, size } of pack) {
    if (signal.aborted) fail([key], 'Stopped.');
    else if (size === 0) fail([key], 'The file is empty. Export it again.');
    else {
      try {
        found.push({ key, file, size, sha256: await hashOf('sha256', file) });
      } catch {
        fail(
          [key],
          'The file cannot be read: it was moved, changed or deleted, or is a folder. Drop it again.',
        );
      }
    }
  }
  return found;
}

/** One for each file: that of the broken-off upload of a large one, else a new one. @returns why not, in words */
async function obtainTickets(
  dataset: string,
  files: readonly Entry[],
  known: KnownFiles,
  ask: Ask,
): Promise<readonly Way[] | string> {
  const begun = files.map((one) => {
    const open = known.brokenOff(one).find(({ parts }) => parts !== null);
    return open === undefined ? null : { uploadId: open.uploadId, url: null, headers: [], parts: open.parts };
  });
  // What went in one piece and was never completed is sent anew.
  const stale = files.flatMap((one) => known.brokenOff(one).filter(({ parts }) => parts === null));
  await giveUp(dataset, [...new Set(stale.map(({ uploadId }) => uploadId))]);
  const fresh = files.filter((_one, i) => begun[i] === null);
  const made: Ticket[] = [];
  if (fresh.length > 0) {
    const asked = fresh.map(({ file, size, sha256 }) => ({ name: file.name, sizeBytes: size, sha256 }));
    const keyed = withKey({ input: { dataset, files: asked } }, newKey());
    const { createUploads } = await ask(() => send(CreateUploadsMutation, keyed));
    if (createUploads?.__typename !== 'CreateUploadsPayload') return refusalOf(createUploads);
    made.push(...createUploads.tickets);
  }
  return begun.map((ticket) =>
    ticket === null ? { ticket: made.shift()!, goesOn: false } : { ticket, goesOn: true },
  );
}

async function sendAll(
  dataset: string,
  files: readonly Entry[],
  tickets: readonly Way[],
  tell: Tell,
  ask: Ask,
  signal: AbortSignal,
): Promise<void> {
  const sent: { readonly key: string; readonly uploadId: string }[] = [];
  const lost: string[] = [];
  // The way to the store was broken for longer than one file has waited: the next do not wait as long.
  let down = false;
  let next = 0;
  const lane = async () => {
    while (next < files.length) {
      const place = next++;
      const { key, file, size } = files[place]!;
      const { ticket, goesOn } = tickets[place]!;
      let again = false;
      const watcher = {
        onSent: shares(key, size, tell),
        onAgain: () => {
          again = true;
          tell([key], { again });
          return !down;
        },
      };
      const problem = await sendOne(dataset, file, ticket, goesOn, watcher, signal).catch(
        async (error: unknown) => (await wordsOf(error)) ?? UNANSWERED,
      );
      down = problem !== null && again;
      if (problem === null) sent.push({ key, uploadId: ticket.uploadId });
      else {
        tell([key], { state: 'failed', problem: signal.aborted ? 'Stopped.' : problem });
        // The parts of a large file stay, for another try.
        if (ticket.url !== null) lost.push(ticket.uploadId);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  if (sent.length > 0) await complete(dataset, sent, tell, ask);
  await giveUp(dataset, lost);
}

/** Gives their room back at once; what is not reached here runs out by itself. */
async function giveUp(dataset: string, uploadIds: readonly string[]): Promise<void> {
  if (uploadIds.length === 0) return;
  await send(AbortUploadsMutation, { input: { dataset, uploadIds: [...uploadIds] } }).catch(() => {});
}

async function sendOne(
  dataset: string,
  file: File,
  { uploadId, url, headers, parts }: Ticket,
  goesOn: boolean,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<string | null> {
  // A slice: of a file from another process a browser sends the bytes, but not the file by its path.
  if (url !== null) return sendBytes(file.slice(), { url, headers }, watcher, signal);
  if (parts === null) return 'No ticket came. Send it again.';
  const there = goesOn
    ? await askPatiently(() => partsThere(dataset, uploadId), signal, watcher.onAgain)
    : new Map<number, string>();
  return sendParts({ dataset, uploadId, file, ...parts, there }, watcher, signal);
}

/** Tells of each fiftieth of a file, not of every packet. */
function shares(key: string, size: number, tell: Tell): (sent: number) => void {
  let told = 0;
  return (sent) => {
    const share = Math.min(1, sent / size);
    if (Math.abs(share - told) < 0.02 && share < 1) return;
    told = share;
    tell([key], { share, again: false });
  };
}

async function complete(
  dataset: string,
  sent: readonly { readonly key: string; readonly uploadId: string }[],
  tell: Tell,
  ask: Ask,
): Promise<void> {
  const uploadIds = sent.map(({ uploadId }) => uploadId);
  const { completeUploads: answer } = await ask(() =>
    send(CompleteUploadsMutation, { input: { dataset, uploadIds } }),
  );
  if (answer?.__typename !== 'CompleteUploadsPayload') {
    tell(
      sent.map(({ key }) => key),
      { state: 'failed', problem: refusalOf(answer) },
    );
    return;
  }
  const items = new Map(answer.items.map((item) => [item.uploadId, item]));
  const taken: string[] = [];
  for (const { key, uploadId } of sent) {
    const item = items.get(uploadId);
    if (item?.image == null) tell([key], { state: 'failed', problem: item?.problem ?? 'It was not taken.' });
    else if (item.warning !== null) tell([key], { state: 'sent', share: 1, warning: item.warning });
    else taken.push(key);
  }
  tell(taken, { state: 'sent', share: 1 });
}

function refusalOf(problem: { readonly message: string; readonly cure: string | null } | null | undefined) {
  return problem == null ? 'The server did not answer.' : `${problem.message} ${problem.cure ?? ''}`.trim();
}
