/** A way to put one file or a part of one into the bucket. */
export interface Ticket {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Milliseconds before the second and the third try. */
const PAUSES = [1000, 4000];

/**
 * Puts bytes into the bucket; what the connection or the store loses is sent again after a while.
 *
 * @param onSent how many bytes have gone
 * @returns why not, or null
 */
export async function sendBytes(
  bytes: Blob,
  ticket: Ticket,
  onSent: (sent: number) => void,
  signal: AbortSignal,
): Promise<string | null> {
  for (const pause of [...PAUSES, null]) {
    const { problem, again } = await put(bytes, ticket, onSent, signal);
    if (problem === null || !again || pause === null || signal.aborted) return problem;
    await new Promise((done) => setTimeout(done, pause));
  }
  return null;
}

interface Outcome {
  readonly problem: string | null;
  /** Another try may end better. */
  readonly again: boolean;
}

/** `XMLHttpRequest`, because `fetch` does not tell how much has gone. */
function put(
  bytes: Blob,
  ticket: Ticket,
  onSent: (sent: number) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const end = (problem: string | null, again = false) => {
      signal.removeEventListener('abort', stop);
      resolve({ problem, again });
    };
    request.open('PUT', ticket.url);
    for (const { name, value } of ticket.headers) {
      if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => {
      const { status } = request;
      if (status < 300) end(null);
      else end(`The store refused it (${status}). Send it again.`, status >= 500 || status === 429);
    };
    request.onerror = () =>
      end('The store cannot be reached, or the file has changed. Check both, then send it again.', true);
    request.onabort = () => end('Stopped.');
    signal.addEventListener('abort', stop);
    if (signal.aborted) end('Stopped.');
    else request.send(bytes);
  });
}
