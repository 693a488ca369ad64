import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { ReviewLoading } from '#features/review/review-frame.tsx';
import { ReviewImagePage } from '#features/review/review-image-page.tsx';
import { InAMoment } from '#features/shell/in-a-moment.tsx';

export const metadata: Metadata = { title: 'Picture' };

export default async function Page({
  params,
  searchParams,
}: PageProps<'/datasets/[dataset]/images/[image]'>) {
  const { dataset, image } = await params;
  const { v } = await searchParams;
  return (
    <InAMoment meanwhile={<ReviewLoading />}>
      {() =>
        ReviewImagePage({
          dataset: nodeId(decodeURIComponent(dataset)),
          id: nodeId(decodeURIComponent(image)),
          link: typeof v === 'string' ? v : '',
        })
      }
    </InAMoment>
  );
}
