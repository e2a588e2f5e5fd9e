import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

const menuLook = 'z-50 min-w-44 max-w-80 animate-appear rounded-medium bg-surface p-1 shadow-floating';

/** A menu below a button. */
export function Menu({ trigger, label, align = 'start', children, ...state }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...state}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content aria-label={label} align={align} sideOffset={4} collisionPadding={8} className={menuLook}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface PointMenuProps {
  readonly label: string;
  /** Where it opens, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  /** Called when it closes, before the focus returns. */
  readonly onClose: () => void;
  /** Gives the focus back to the part of the page that the menu is about, unless the chosen item took it elsewhere. */
  readonly returnFocus: () => void;
  readonly children: ReactNode;
}

/** A context menu: a menu at a point; it is open while it is rendered. */
export function PointMenu({ label, at, onClose, returnFocus, children }: PointMenuProps) {
  return (
    <DropdownMenu.Root modal={false} open onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          tabIndex={-1}
          aria-label={label}
          className="pointer-events-none fixed size-0 opacity-0"
          style={{ left: at.x, top: at.y }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onContextMenu={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
          className={menuLook}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  readonly icon?: LucideIcon;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** The key that does the same. */
  readonly hint?: string;
  /** An explanation, if the title is not enough. */
  readonly note?: string;
  /** Deletes something. */
  readonly danger?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem(props: MenuItemProps) {
  const { icon: Icon, checked, disabled = false, hint, note, danger = false, onSelect, children } = props;
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      className={classNames(
        'flex min-h-7 items-center gap-2 rounded-small px-2 py-1 outline-none data-[disabled]:opacity-55',
        danger ? 'text-bad data-[highlighted]:bg-bad-soft' : 'data-[highlighted]:bg-selected',
      )}
    >
      <span className="w-3.5">
        {checked ? <Check size={14} aria-label="selected" /> : Icon && <Icon size={14} aria-hidden />}
      </span>
      <span className="flex-1 truncate">
        {children}
        {note !== undefined && <span className="block text-small text-ink-soft">{note}</span>}
      </span>
      {hint !== undefined && <span className="text-small text-ink-faint">{hint}</span>}
    </DropdownMenu.Item>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
