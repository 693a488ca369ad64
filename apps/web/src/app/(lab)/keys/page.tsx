import type { Metadata } from 'next';
import { KeysPage } from '#features/api-key/keys-page.tsx';

export const metadata: Metadata = { title: 'API keys' };

export default function Page() {
  return <KeysPage />;
}
