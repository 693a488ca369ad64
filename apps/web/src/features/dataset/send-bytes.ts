import { persist, type Try } from './persist.ts';

/** A way to put one file or a part of one into the bucket. */
export interface Ticket {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Who wants to know how it goes. */
export interface Watcher {
  /** How many bytes have gone. */
  readonly onSent: (sent: number) => void;
  /** Something did not get through, and is sent again unless the answer is no. */
  readonly onAgain: () => boolean;
}

/**
 * Puts bytes into the bucket; what the connection or the store loses is sent again after a while.
 *
 * @returns why not, or null
 */
export function sendBytes(
  bytes: Blob,
  ticket: Ticket,
  { onSent, onAgain }: Watcher,
  signal: AbortSignal,
): Promise<string | null> {
  return persist(() => put(bytes, ticket, onSent, signal), signal, onAgain);
}

/** Milliseconds in which no byte goes and no answer comes, after which the line counts as broken. */
const STILL = 120_000;

/** `XMLHttpRequest`, because `fetch` does not tell how much has gone. */
function put(
  bytes: Blob,
  ticket: Ticket,
  onSent: (sent: number) => void,
  signal: AbortSignal,
): Promise<Try<string | null>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let still = false;
    let timer: ReturnType<typeof setTimeout>;
    const goesOn = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        still = true;
        request.abort();
      }, STILL);
    };
    const end = (value: string | null, again = false) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve({ ended: !again, value });
    };
    request.open('PUT', ticket.url);
    for (const { name, value } of ticket.headers) {
      if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => {
      goesOn();
      onSent(event.loaded);
    };
    request.onload = () => {
      const { status } = request;
      if (status < 300) end(null);
      else end(`The store refused it (${status}). Send it again.`, status >= 500 || status === 429);
    };
    request.onerror = () =>
      end('The store cannot be reached, or the file has changed. Check both, then send it again.', true);
    request.onabort = () =>
      still
        ? end('Nothing has gone through for two minutes. Check the connection, then send it again.', true)
        : end('Stopped.');
    signal.addEventListener('abort', stop);
    if (signal.aborted) end('Stopped.');
    else {
      goesOn();
      request.send(bytes);
    }
  });
}
