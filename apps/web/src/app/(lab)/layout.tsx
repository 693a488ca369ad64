import type { ReactNode } from 'react';
import { ApiProvider } from '#api/api-provider.tsx';
import { Shell } from '#features/shell/shell.tsx';

export default function LabLayout({ children }: { readonly children: ReactNode }) {
  return (
    <ApiProvider>
      <Shell>{children}</Shell>
    </ApiProvider>
  );
}
