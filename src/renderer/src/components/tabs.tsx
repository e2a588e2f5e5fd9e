import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The id of the tab that is open first; the first tab if omitted. */
  readonly initial?: string;
  readonly onChange?: (id: string) => void;
}

/** Several views of one subject, one at a time. */
export function Tabs({ label, tabs, initial = tabs[0]?.id ?? '', onChange }: TabsProps) {
  return (
    <RadixTabs.Root
      defaultValue={initial}
      {...(onChange && { onValueChange: onChange })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <RadixTabs.List
        aria-label={label}
        className="flex shrink-0 gap-5 overflow-x-auto overflow-y-hidden border-b border-line px-4"
      >
        {tabs.map(({ id, title }) => (
          <RadixTabs.Trigger
            key={id}
            value={id}
            className="-mb-px h-9 shrink-0 rounded-t-small outline-offset-[-2px] border-b-2 border-transparent font-medium text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
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
