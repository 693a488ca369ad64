'use client';

import * as Radix from '@radix-ui/react-tabs';
import type { ReactNode } from 'react';

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly {
    readonly value: string;
    readonly label: ReactNode;
    readonly content: ReactNode;
  }[];
  readonly initial?: string;
  readonly onChange?: (value: string) => void;
}

/** Views of one thing. What stands in a tab that is not open is not rendered. */
export function Tabs({ label, tabs, initial, onChange }: TabsProps) {
  return (
    <Radix.Root
      defaultValue={initial ?? tabs[0]?.value ?? ''}
      {...(onChange ? { onValueChange: onChange } : {})}
    >
      <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 whitespace-nowrap border-transparent border-b-2 text-base text-muted hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
