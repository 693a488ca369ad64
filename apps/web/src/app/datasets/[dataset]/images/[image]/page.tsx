import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { ReviewImagePage } from '#features/review/review-image-page.tsx';

export const metadata: Metadata = { title: 'Picture' };

export default async function Page({
  params,
  searchParams,
}: PageProps<'/datasets/[dataset]/images/[image]'>) {
  const { dataset, image } = await params;
  const { v } = await searchParams;
  return (
    <ReviewImagePage
      dataset={nodeId(decodeURIComponent(dataset))}
      id={nodeId(decodeURIComponent(image))}
      link={typeof v === 'string' ? v : ''}
    />
  );
}
