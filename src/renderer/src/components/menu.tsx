import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Button, type ButtonProps } from './button';

export interface MenuItem {
  readonly title: string;
  /** What it does, where the title does not say all. */
  readonly note?: string;
  readonly onSelect: () => void;
}

/** Actions behind one small button, for those that are seldom needed. */
export function Menu({ label, items, ...button }: { label: string; items: readonly MenuItem[] } & ButtonProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button {...button} icon={ChevronDown} aria-label={label} title={label} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-40 min-w-60 animate-appear rounded-medium bg-surface p-1 shadow-floating"
        >
          {items.map(({ title, note, onSelect }) => (
            <DropdownMenu.Item
              key={title}
              onSelect={onSelect}
              className="rounded-small px-2.5 py-1.5 outline-none data-[highlighted]:bg-selected"
            >
              <span className="block font-medium">{title}</span>
              {note !== undefined && <span className="block text-small text-ink-soft">{note}</span>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
