'use client';

import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from './button.tsx';
import { controlStyle } from './field.tsx';

export interface CopyLineProps {
  /** What it is, for those who hear it. */
  readonly label: string;
  readonly text: string;
}

/** A link, code or key on one line with a button that copies it. */
export function CopyLine({ label, text }: CopyLineProps) {
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Over plain HTTP browsers give no clipboard: it stands selected, Ctrl+C takes it.
      setCopied(document.execCommand('copy'));
    }
  };
  return (
    <div className="flex gap-2">
      <input
        ref={input}
        readOnly
        value={text}
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
        className={`${controlStyle} font-mono`}
      />
      <Button
        icon={copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
