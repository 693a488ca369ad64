import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { NewComparisonPage } from '#features/comparison/new-comparison-page.tsx';

export const metadata: Metadata = { title: 'New comparison' };

export default async function Page({ params }: PageProps<'/projects/[id]/comparisons/new'>) {
  return <NewComparisonPage project={nodeId((await params).id)} />;
}
