import { encodeGlobalID } from '@pothos/plugin-relay';
import type { Request, Response } from 'express';
import { loadReviewer } from '../access/load-reviewer.ts';
import type { ServerParts } from '../server.ts';
import { REVIEWER_COOKIE } from './read-actor.ts';

/** GET /api/review?token=…: lets a browser look at the link's dataset until it is closed, and leads there. */
export async function review(
  { database, publicUrl }: ServerParts,
  request: Request,
  response: Response,
): Promise<void> {
  response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  const token = String(request.query.token ?? '');
  const { reviewed } = await loadReviewer(database, token);
  const [datasetId] = reviewed;
  if (datasetId === undefined) {
    // Whoever clicked a link sees a page, programs read why.
    if (request.accepts(['json', 'html']) === 'html') {
      response.redirect(303, `${publicUrl}/link-over`);
      return;
    }
    response.status(404).json({
      code: 'REVIEWER_LINK_NOT_FOUND',
      message: 'This link has expired or was revoked.',
      cure: 'Ask whoever sent it for a new one.',
    });
    return;
  }
  response.cookie(REVIEWER_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
    encode: (text) => text,
  });
  response.redirect(303, `${publicUrl}/datasets/${encodeURIComponent(encodeGlobalID('Dataset', datasetId))}`);
}
