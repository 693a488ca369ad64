'use client';

import { useEffect, useState } from 'react';
import { ask } from '#api/ask.ts';
import { graphql } from '#graphql';
import { MaskPreview, type PreviewSource } from './mask-preview.ts';

const ForegroundPictureQuery = graphql(`
  query ForegroundPicture($id: ID!) {
    node(id: $id) {
      __typename
      ... on Foreground { id light parameters image { id pyramidUrl } }
    }
  }
`);

/**
 * The picture of a mask, opened for trying out; closed again with the component.
 *
 * @param foreground any mask of the picture
 * @param key names the picture and what was measured of it: only for another key is a picture opened anew
 */
export function useMaskPreview(
  foreground: string,
  key: string,
): { readonly preview: MaskPreview | null; readonly problem: string | null } {
  const [opened, setOpened] = useState<{ readonly key: string; readonly preview: MaskPreview } | null>(null);
  const [failed, setFailed] = useState<{ readonly key: string; readonly problem: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer mask of the same picture changes nothing
  useEffect(() => {
    const stop = new AbortController();
    const opening = sourceOf(foreground).then((source) => MaskPreview.open(source, stop.signal));
    opening.then(
      (preview) => {
        if (stop.signal.aborted) preview.close();
        else setOpened({ key, preview });
      },
      (error: unknown) => {
        if (!stop.signal.aborted)
          setFailed({ key, problem: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      stop.abort();
      opening.then(
        (preview) => preview.close(),
        () => {},
      );
    };
  }, [key]);
  return {
    preview: opened?.key === key ? opened.preview : null,
    problem: failed?.key === key ? failed.problem : null,
  };
}

async function sourceOf(id: string): Promise<PreviewSource> {
  const read = async () => {
    const { node } = await ask(ForegroundPictureQuery, { id });
    if (node?.__typename !== 'Foreground' || node.image.pyramidUrl === null)
      throw new Error('This picture cannot be read any more.');
    return { url: node.image.pyramidUrl, light: node.light, parameters: node.parameters };
  };
  const { url, light, parameters } = await read();
  return { address: { url, renew: async () => (await read()).url }, light, parameters };
}
