import type { Metadata } from 'next';
import { LinkOver } from '#features/review/link-over.tsx';

export const metadata: Metadata = { title: 'Link over' };

export default function Page() {
  return <LinkOver />;
}
