import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObjectFolder } from '../disk/object-folder.ts';
import type { RequestTarget } from '../protocol/request-target.ts';
import type { Authentication } from '../signature/authenticate.ts';

/** A request whose signature holds, with what an operation needs to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: RequestTarget;
  readonly authentication: Authentication;
  readonly store: ObjectFolder;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Tells a client that waits for it (Expect: 100-continue) to send its body. */
  readonly askForBody: () => void;
}

export type Operation = (exchange: Exchange) => Promise<void>;
