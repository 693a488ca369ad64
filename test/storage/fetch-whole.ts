export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Fetches and reads the answer to its end, whatever it is: fetch of Node 24 fails in an assertion of its own when a
 * server closes a connection whose answer nobody has read.
 */
export async function fetchWhole(url: string, init: RequestInit = {}): Promise<WholeAnswer> {
  const response = await fetch(url, init);
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}
