import { PageHeader } from '#ui/page-header.tsx';
import { currentLab } from '../shell/current-lab.ts';

export async function HomePage() {
  const lab = await currentLab();
  return <PageHeader title={lab.name} />;
}
