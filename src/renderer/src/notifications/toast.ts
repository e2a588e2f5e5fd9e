/** Reports something that the open page doesn't show. */
export interface ToastContent {
  readonly text: string;
  readonly note?: string;
  readonly tone: 'good' | 'info' | 'bad';
  /** Where more of it is. */
  readonly link?: { readonly title: string; readonly href: string };
  /** Follow-up actions, such as Undo. */
  readonly actions?: readonly { readonly title: string; readonly run: () => void }[];
}

export interface ShownToast extends ToastContent {
  readonly id: number;
}
