import type { Metadata } from 'next';
import { ServerPage } from '#features/operator/server-page.tsx';

export const metadata: Metadata = { title: 'Labs of this server' };

export default function Page() {
  return <ServerPage />;
}
