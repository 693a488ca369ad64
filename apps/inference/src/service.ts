import { createServer } from 'node:http';
import { createRouteHandlers } from './handlers.ts';
import { createHandler } from './http/handler.ts';
import { drain, listen } from './http/listening.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { ModelCache } from './models/model-cache.ts';
import { ModelCatalogue } from './models/model-catalogue.ts';
import { ModelRuntime } from './models/model-runtime.ts';
import { openRepository } from './models/open-repository.ts';
import { Admission } from './scheduling/admission.ts';
import { batchLimits } from './scheduling/batch-limits.ts';
import { Scheduler } from './scheduling/scheduler.ts';
import { requireTokenOutside, type Settings } from './settings.ts';

export interface InferenceService {
  readonly url: string;
  /** Takes no more predictions, ends those that are inside as far as the limit allows, and frees everything. */
  close(): Promise<void>;
}

/**
 * Puts the service together and listens.
 *
 * @throws INVALID_ARGUMENT where it would be open to the network without a token, or its port is taken
 */
export async function startService(settings: Settings, log: Log): Promise<InferenceService> {
  requireTokenOutside(settings);
  const { limits } = settings;
  const repository = await openRepository(settings.repository);
  const runtime = new ModelRuntime({ provider: settings.provider, threads: limits.threads });
  const lanes = () => runtime.lanes;
  const cache = new ModelCache({
    limit: settings.cacheBytes,
    lanes,
    open: (bytes) => runtime.open(bytes),
    onChange: (event, key) => {
      metrics.countModel(event);
      log.info({ model: key, cacheBytes: cache.bytes }, `model ${event}`);
    },
  });
  const catalogue = new ModelCatalogue(repository, cache);
  const scheduler = new Scheduler({
    lanes,
    limits: () => batchLimits(limits.batch, runtime.provider),
    run: (key, { images, count, height, width }) =>
      catalogue.use(referenceOf(key), count * height * width, (model) =>
        model.predict(images, count, height, width),
      ),
    report: (report) => metrics.countBatch(report),
  });
  const admission = new Admission(limits, () => scheduler.expectedWaitMs);
  const metrics = new Metrics({
    queueDepth: () => scheduler.depth,
    requestsInside: () => admission.requests,
    cacheBytes: () => cache.bytes,
    openModels: () => cache.size,
  });
  let draining = false;
  const routes = createRouteHandlers({
    admission,
    catalogue,
    scheduler,
    limits,
    metrics,
    isDraining: () => draining,
  });
  const server = createServer(createHandler({ routes, token: settings.token, metrics, log }));
  const url = await listen(server, settings.host, settings.port);
  const close = async () => {
    draining = true;
    await drain(server, () => admission.requests > 0, limits.drainMs);
    await runtime.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function referenceOf(key: string) {
  const at = key.lastIndexOf('/');
  return { name: key.slice(0, at), version: key.slice(at + 1) };
}
