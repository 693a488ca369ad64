'use client';

import { useMemo, useState } from 'react';
import { ask } from '#api/ask.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { sendForViewer, Viewer } from '../segmentation/lazy-viewer.tsx';
import { useWide } from '../segmentation/use-wide.ts';

const ImageView_image = graphql(`
  fragment ImageView_image on Image { id name status pyramidUrl thumbnailUrl pixelSizeUm }
`);
const ImageAddressQuery = graphql(`
  query ImageAddress($id: ID!) {
    node(id: $id) { __typename ... on Image { id pyramidUrl } }
  }
`);

sendForViewer();

export interface ImageViewProps {
  readonly image: FragmentType<typeof ImageView_image>;
  readonly link: string;
}

/** The picture, to be moved, zoomed and brightened. */
export function ImageView({ image: given, link }: ImageViewProps) {
  const { id, name, status, pyramidUrl, thumbnailUrl, pixelSizeUm } = readFragment(ImageView_image, given);
  // Later readings of the page bring other addresses of the same picture, which need not be opened anew.
  const [url] = useState(pyramidUrl);
  const picture = useMemo(() => (url === null ? null : { url, renew: () => addressOf(id) }), [url, id]);
  const wide = useWide();
  if (picture === null) {
    return (
      <p className="hairline rounded-ui bg-surface px-4 py-16 text-center text-base text-muted">
        {status === 'FAILED'
          ? 'There is no picture to show.'
          : 'There is nothing to show until the picture has been read.'}
      </p>
    );
  }
  if (!wide) {
    return (
      <figure className="min-w-0">
        {thumbnailUrl !== null && <img src={thumbnailUrl} alt={name} className="w-full bg-image" />}
        <figcaption className="mt-2 text-muted text-sm">
          Moving and zooming need a screen of 768 pixels or more.
        </figcaption>
      </figure>
    );
  }
  return (
    <div className="h-[min(70vh,48rem)] min-w-0 overflow-hidden rounded-ui bg-image">
      <Viewer label={name} picture={picture} pixelSizeUm={pixelSizeUm} link={link} onLinkChange={keepLink} />
    </div>
  );
}

async function addressOf(id: string): Promise<string> {
  const { node } = await ask(ImageAddressQuery, { id });
  const url = node?.__typename === 'Image' ? node.pyramidUrl : null;
  if (url === null) throw new Error('This picture cannot be read any more');
  return url;
}

/** The view stays in the address, so that a copied link shows the same place. */
function keepLink(link: string): void {
  const address = new URL(location.href);
  address.searchParams.set('v', link);
  history.replaceState(history.state, '', address);
}
