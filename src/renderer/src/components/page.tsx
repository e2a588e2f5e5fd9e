import type { ReactNode, Ref } from 'react';
import { classNames } from './class-names';

export interface PageProps {
  readonly title: string;
  /** Of the part that scrolls with the page. */
  readonly scrollRef?: Ref<HTMLDivElement>;
  /** Figures about the page, next to the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** The page fills the window and scrolls inside, instead of scrolling as a whole. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** The frame that every page shares. */
export function Page({ title, note, actions, fill = false, scrollRef, children }: PageProps) {
  return (
    <div className="flex h-full min-w-0 flex-col">
      <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-6 py-1 narrow:px-4 low:min-h-10">
        <h1 className="text-title font-semibold">{title}</h1>
        <p className="min-w-0 flex-1 truncate text-ink-soft">{note}</p>
        {actions}
      </header>
      {/* The scroll bar is in the margin: the page has the same width with and without it, and lines up with its header. */}
      <div
        ref={scrollRef}
        className={classNames(
          'min-h-0 flex-1 pb-6 pl-6 narrow:pb-4 narrow:pl-4',
          // In a low window the content, which comes last, keeps a height and the page scrolls.
          fill
            ? 'flex flex-col pr-6 narrow:pr-4 low:overflow-y-auto low:*:last:min-h-96'
            : 'overflow-y-auto pr-[calc(--spacing(6)-var(--scrollbar))] [scrollbar-gutter:stable]',
        )}
      >
        {children}
      </div>
    </div>
  );
}
