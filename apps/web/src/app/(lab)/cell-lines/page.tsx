import type { Metadata } from 'next';
import { CellLinesPage } from '#features/cell-line/cell-lines-page.tsx';

export const metadata: Metadata = { title: 'Cell lines' };

export default async function Page({ searchParams }: PageProps<'/cell-lines'>) {
  const { search } = await searchParams;
  return <CellLinesPage search={typeof search === 'string' ? search : ''} />;
}
