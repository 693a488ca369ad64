/** A way to put one file into the bucket. */
export interface Ticket {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** SHA-256, hexadecimal; null where the page has come over plain HTTP and the browser does not offer it. */
export async function hashOf(file: File): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Puts the bytes; `XMLHttpRequest`, because `fetch` does not tell how much has gone. @returns why not, or null */
export function sendFile(
  file: File,
  ticket: Ticket,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', ticket.url);
    for (const { name, value } of ticket.headers) {
      if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => onShare(event.loaded / Math.max(1, event.total));
    request.onload = () =>
      resolve(request.status < 300 ? null : `The store refused it (${request.status}). Send it again.`);
    request.onerror = () => resolve('The store cannot be reached. Check the connection, then send it again.');
    request.onabort = () => resolve('Stopped.');
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) request.abort();
    else request.send(file);
  });
}
