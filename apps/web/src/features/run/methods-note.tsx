'use client';

import { Copy } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/page-header.tsx';
import { useToast } from '#ui/toast.tsx';

/** The paragraph for a paper. */
export function MethodsNote({ text }: { readonly text: string }) {
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast({ says: 'The paragraph is on the clipboard' });
  };
  return (
    <Section
      title="For the methods section"
      actions={
        // The clipboard is there on secure pages alone; elsewhere the words are marked by hand.
        <Button kind="quiet" icon={<Copy aria-hidden="true" />} onClick={() => void copy().catch(() => {})}>
          Copy
        </Button>
      }
    >
      <p className="hairline max-w-3xl rounded-ui bg-surface px-4 py-3 text-base [overflow-wrap:anywhere]">
        {text}
      </p>
    </Section>
  );
}
