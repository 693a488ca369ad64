/** What a key does in the viewer. */
export type KeyAction =
  | { readonly do: 'pan'; readonly right: number; readonly down: number }
  | { readonly do: 'zoom'; readonly by: number }
  | { readonly do: 'fit' | 'style' | 'lasso' | 'leave' }
  | { readonly do: 'class'; readonly number: number };

/** CSS pixels for one press of an arrow; five times as far with Shift. */
const step = 64;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

/** Null for keys that mean nothing here, such as those of the browser. */
export function actionOf(event: {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const arrow = arrows[event.key];
  const far = event.shiftKey ? 5 : 1;
  if (arrow) return { do: 'pan', right: arrow[0] * far, down: arrow[1] * far };
  switch (event.key.toLowerCase()) {
    case '+':
    case '=':
      return { do: 'zoom', by: 0.5 };
    case '-':
    case '_':
      return { do: 'zoom', by: -0.5 };
    case 'f':
      return { do: 'fit' };
    case 'o':
      return { do: 'style' };
    case 'l':
      return { do: 'lasso' };
    case 'escape':
      return { do: 'leave' };
  }
  return /^[1-9]$/.test(event.key) ? { do: 'class', number: Number(event.key) } : null;
}
