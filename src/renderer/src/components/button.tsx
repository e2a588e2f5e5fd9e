import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names';

const looks = {
  primary: 'bg-accent text-on-accent shadow-raised hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-ink shadow-raised hover:bg-hover',
  /** Leads to the loss of something; with `destroy`, this click itself. */
  danger: 'border border-line-strong bg-surface text-bad shadow-raised hover:bg-bad-soft',
  destroy: 'bg-bad text-surface shadow-raised hover:opacity-90',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
};

type Look = keyof typeof looks;

const shape =
  'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-medium text-body font-medium ' +
  'whitespace-nowrap transition-colors';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly look?: Look;
  readonly icon?: LucideIcon;
  /** Shows that the click is being processed, and ignores further clicks. */
  readonly busy?: boolean;
  readonly submit?: boolean;
}

/** Every button of the app; an icon-only button needs an `aria-label`. */
export function Button({
  look = 'secondary',
  icon,
  busy = false,
  submit = false,
  disabled,
  className,
  children,
  ...rest
}: ButtonProps) {
  const Icon = busy ? LoaderCircle : icon;
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      disabled={disabled === true || busy}
      className={classNames(
        shape,
        'disabled:pointer-events-none disabled:opacity-55',
        children === undefined ? 'w-7' : 'px-2.5',
        looks[look],
        className,
      )}
    >
      {Icon && <Icon size={14} strokeWidth={2} aria-hidden className={busy ? 'animate-spin' : undefined} />}
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<'a'> {
  readonly look?: Look;
  readonly icon?: LucideIcon;
}

/** A link in the look of a button: it navigates, where a button acts. */
export function ButtonLink({ look = 'secondary', icon: Icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} draggable={false} className={classNames(shape, 'px-2.5', looks[look], className)}>
      {Icon && <Icon size={14} strokeWidth={2} aria-hidden />}
      {children}
    </a>
  );
}
