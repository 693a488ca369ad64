import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { ReviewLoading } from '#features/review/review-frame.tsx';
import { ReviewPage } from '#features/review/review-page.tsx';
import { InAMoment } from '#features/shell/in-a-moment.tsx';

export const metadata: Metadata = { title: 'Dataset' };

export default async function Page({ params, searchParams }: PageProps<'/datasets/[dataset]'>) {
  const { dataset } = await params;
  const { after } = await searchParams;
  return (
    <InAMoment meanwhile={<ReviewLoading />}>
      {() =>
        ReviewPage({
          id: nodeId(decodeURIComponent(dataset)),
          after: typeof after === 'string' ? after : null,
        })
      }
    </InAMoment>
  );
}
