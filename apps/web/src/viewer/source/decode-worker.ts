import { addDecoder, BaseDecoder, getDecoder } from 'geotiff';
import type { DecodeJob, DecodeResult } from './decode-job.ts';

/** By the browser itself, several times faster than by a script, which need not be fetched either. */
class Inflate extends BaseDecoder {
  override decodeBlock(packed: ArrayBuffer): Promise<ArrayBuffer> {
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Response(plain).arrayBuffer();
  }
}

// Older browsers have none; the library's own decoder serves them.
if ('DecompressionStream' in globalThis) addDecoder([8, 32_946], async () => Inflate);

addEventListener('message', async ({ data }: MessageEvent<DecodeJob>) => {
  const { id, compression, predictor, side, samples, bits, packed } = data;
  const answer = (result: DecodeResult, transfer: ArrayBuffer[] = []): void =>
    postMessage(result, { transfer });
  try {
    const decoder = await getDecoder(compression, {
      tileWidth: side,
      tileHeight: side,
      predictor,
      samplesPerPixel: samples,
      bitsPerSample: Array.from({ length: samples }, () => bits),
      planarConfiguration: 1,
    });
    const decoded = (await decoder.decode(packed)) as ArrayBuffer;
    answer({ id, decoded }, [decoded]);
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
