import { PageLoading } from '#features/shell/page-loading.tsx';

export default function Loading() {
  return <PageLoading />;
}
