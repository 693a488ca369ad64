export type Theme = 'system' | 'light' | 'dark';

/** The cookie's value as a theme; `system` for anything else. */
export function readTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
