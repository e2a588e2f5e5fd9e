/** Something that was done where the page does not show it. */
export interface ToastContent {
  readonly text: string;
  readonly note?: string;
  readonly tone: 'good' | 'info' | 'bad';
  /** Where more of it is. */
  readonly link?: { readonly title: string; readonly href: string };
  /** What can be done about it, such as to undo it. */
  readonly action?: { readonly title: string; readonly run: () => void };
}

export interface ShownToast extends ToastContent {
  readonly id: number;
}
