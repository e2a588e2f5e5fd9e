import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

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
  /** Leaves less space between the titles, for a narrow panel. */
  readonly dense?: boolean;
}

/** Several views of one subject, one at a time. */
export function Tabs({ label, tabs, initial = tabs[0]?.id ?? '', onChange, dense = false }: TabsProps) {
  return (
    <RadixTabs.Root
      defaultValue={initial}
      {...(onChange && { onValueChange: onChange })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <RadixTabs.List
        aria-label={label}
        className={classNames(
          'flex shrink-0 overflow-x-auto overflow-y-hidden border-b border-line max-[760px]:flex-wrap',
          dense ? 'gap-x-3.5 px-3' : 'gap-x-5 px-4',
        )}
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
