import { nodeId } from '#api/route-id.ts';
import { ComparisonPage } from '#features/comparison/comparison-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/comparisons/[comparison]'>) {
  const { id, comparison } = await params;
  return <ComparisonPage project={nodeId(id)} id={nodeId(comparison)} />;
}
