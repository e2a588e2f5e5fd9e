import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

/** Views of one thing, one at a time; the first is open. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <RadixTabs.Root defaultValue={tabs[0]?.id ?? ''} className="flex min-h-0 flex-1 flex-col">
      <RadixTabs.List aria-label={label} className="flex shrink-0 gap-5 border-b border-line px-4">
        {tabs.map(({ id, title }) => (
          <RadixTabs.Trigger
            key={id}
            value={id}
            className="-mb-px h-9 rounded-t-small border-b-2 border-transparent font-medium text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {title}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map(({ id, content }) => (
        <RadixTabs.Content key={id} value={id} tabIndex={-1} className="min-h-0 flex-1 outline-none">
          {content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
