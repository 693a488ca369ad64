import type { IncomingMessage } from 'node:http';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { RouteHandler } from './http/handler.ts';
import { readBody } from './http/read-body.ts';
import { jsonReply } from './http/reply.ts';
import type { RouteName } from './http/routes.ts';
import type { Metrics } from './metrics.ts';
import { type PredictionParts, predict } from './predict.ts';
import { modelMetadata, serverMetadata } from './protocol/metadata.ts';
import { BusyError } from './scheduling/admission.ts';

export interface HandlerParts extends PredictionParts {
  readonly metrics: Metrics;
  readonly isDraining: () => boolean;
}

const indexSchema = z.object({ ready: z.boolean().optional() });

/** What each route of the protocol does. */
export function createRouteHandlers(parts: HandlerParts): Readonly<Record<RouteName, RouteHandler>> {
  const { catalogue, metrics, isDraining } = parts;
  return {
    live: async () => jsonReply({ live: true }),
    ready: async () => jsonReply({ ready: !isDraining() }, isDraining() ? 503 : 200),
    server: async () => jsonReply(serverMetadata),
    metrics: async () => ({
      status: 200,
      headers: { 'content-type': metrics.contentType },
      parts: [Buffer.from(await metrics.page())],
    }),
    metadata: async (_request, { model, version }) => {
      const reference = await catalogue.find(model, version);
      const [shape, versions] = await Promise.all([
        catalogue.shape(reference),
        catalogue.versions(reference.name),
      ]);
      return jsonReply(modelMetadata(reference, versions, shape));
    },
    modelReady: async (_request, { model, version }) => {
      const ready = !isDraining() && (await catalogue.isReady(model, version));
      return jsonReply({ name: model, ready }, ready ? 200 : 503);
    },
    infer: async (request, route, left) => {
      refuseWhileDraining(isDraining);
      return predict(parts, request, route, left);
    },
    index: async (request) => {
      const wanted = await readIndexRequest(request, parts);
      const entries = await catalogue.index();
      return jsonReply(wanted.ready ? entries.filter(({ state }) => state === 'READY') : entries);
    },
    load: async (_request, { model }) => {
      refuseWhileDraining(isDraining);
      await catalogue.load(model);
      return jsonReply({});
    },
    unload: async (_request, { model }) => {
      await catalogue.unload(model);
      return jsonReply({});
    },
  };
}

function refuseWhileDraining(isDraining: () => boolean): void {
  if (isDraining()) throw new BusyError('SERVICE_UNAVAILABLE', 'the model server is about to stop', 2);
}

async function readIndexRequest(request: IncomingMessage, { admission }: HandlerParts) {
  const place = admission.enter();
  try {
    const text = (await readBody(request, place, 10_000)).toString('utf8');
    return indexSchema.parse(text.trim() === '' ? {} : JSON.parse(text));
  } catch (cause) {
    if (cause instanceof CellMixerError) throw cause;
    throw new CellMixerError('INVALID_ARGUMENT', 'the body of an index request is {"ready": true} or empty', {
      cause,
    });
  } finally {
    place.leave();
  }
}
