/** Asks the model server whether it is ready (Open Inference Protocol); null where its address is not known. */
export async function inferenceReady(url: string | undefined): Promise<boolean | null> {
  if (url === undefined) return null;
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/v2/health/ready`, {
      signal: AbortSignal.timeout(2000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
