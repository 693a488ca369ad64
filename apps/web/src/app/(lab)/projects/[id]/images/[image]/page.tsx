import { nodeId } from '#api/route-id.ts';
import { ImagePage } from '#features/image/image-page.tsx';

export default async function Page({ params, searchParams }: PageProps<'/projects/[id]/images/[image]'>) {
  const { id, image } = await params;
  const { v } = await searchParams;
  return <ImagePage project={nodeId(id)} id={nodeId(image)} link={typeof v === 'string' ? v : ''} />;
}
