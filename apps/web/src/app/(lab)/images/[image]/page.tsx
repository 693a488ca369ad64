import { nodeId } from '#api/route-id.ts';
import { forwardToImage } from '#features/image/forward-to-image.ts';

/** An image without its project, as programs and messages name it. */
export default async function Page({ params }: PageProps<'/images/[image]'>) {
  return await forwardToImage(nodeId((await params).image));
}
