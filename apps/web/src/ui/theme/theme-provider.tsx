'use client';

import { setNonce } from 'get-nonce';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import type { Theme } from './theme.ts';

const ThemeContext = createContext<{ readonly theme: Theme; readonly setTheme: (theme: Theme) => void }>({
  theme: 'system',
  setTheme: () => {},
});

/** The chosen theme and the way to change it. A cookie keeps it, so that the server renders it at once. */
export function useTheme() {
  return useContext(ThemeContext);
}

export function ThemeProvider({
  initial,
  nonce,
  children,
}: {
  readonly initial: Theme;
  /** The request's: style sheets that Radix makes (a dialog locks scrolling by one) must carry it. */
  readonly nonce: string;
  readonly children: ReactNode;
}) {
  const [theme, set] = useState(initial);
  useState(() => typeof document !== 'undefined' && setNonce(nonce));
  const setTheme = useCallback((next: Theme) => {
    set(next);
    const { documentElement } = document;
    if (next === 'system') delete documentElement.dataset.theme;
    else documentElement.dataset.theme = next;
    const age = next === 'system' ? 0 : 400 * 24 * 3600;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not to be had over plain HTTP
    document.cookie = `cellmixer.theme=${next}; path=/; max-age=${age}; samesite=lax`;
  }, []);
  return <ThemeContext value={{ theme, setTheme }}>{children}</ThemeContext>;
}
