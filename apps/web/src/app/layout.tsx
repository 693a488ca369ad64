import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { readTheme } from '#ui/theme/theme.ts';
import { ThemeProvider } from '#ui/theme/theme-provider.tsx';
import { ToastProvider } from '#ui/toast.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'CellMixer', template: '%s – CellMixer' },
  description: 'Tells cell types apart in mixed microscopy pictures',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = readTheme((await cookies()).get('cellmixer.theme')?.value);
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html lang="en" {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <ThemeProvider initial={theme} nonce={nonce}>
          <ToastProvider>{children}</ToastProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
