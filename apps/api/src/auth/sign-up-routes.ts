import express, { type Response, type Router } from 'express';
import { toRequestError } from '../graphql/answer.ts';
import type { ServerParts } from '../server.ts';
import { createInvitedAccount, lookAtInvitation } from './invited-account.ts';

/** The two ways to an account, each by a token: the server's first, and an invitation. */
export function signUpRoutes(parts: ServerParts): Router {
  const { database, auth, firstAccount } = parts;
  const router = express.Router();
  const body = express.json({ limit: '16kb' });
  router.post('/first-account', body, (request, response) =>
    reply(parts, response, 201, () => firstAccount.create(request.body)),
  );
  router.post('/accept-invitation', body, (request, response) =>
    reply(parts, response, 201, () => createInvitedAccount(database, auth, request.body)),
  );
  router.get('/invitation', (request, response) =>
    reply(parts, response, 200, () => lookAtInvitation(database, String(request.query.token ?? ''))),
  );
  return router;
}

const statusOf = {
  ValidationError: 400,
  ForbiddenError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  QuotaError: 413,
} as const;

async function reply(
  { log }: ServerParts,
  response: Response,
  status: number,
  work: () => Promise<unknown>,
): Promise<void> {
  response.set('cache-control', 'no-store');
  try {
    response.status(status).json(await work());
  } catch (error) {
    const known = toRequestError(error);
    if (known === null) {
      log.error({ err: error }, 'an account could not be made');
      response.status(500).json({ code: 'INTERNAL', message: 'Something broke; the log tells more.' });
      return;
    }
    const { code, message, cure, subject } = known;
    response.status(statusOf[known.type]).json({ code, message, cure, subject });
  }
}
