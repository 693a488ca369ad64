import type { Metadata } from 'next';
import { LabTrashPage } from '#features/trash/lab-trash-page.tsx';

export const metadata: Metadata = { title: 'Trash' };

export default function Page() {
  return <LabTrashPage />;
}
