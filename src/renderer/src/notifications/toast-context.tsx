import { createContext, lazy, Suspense, use, useCallback, useState, type ReactNode } from 'react';
import type { ShownToast, ToastContent } from './toast';

const Toasts = lazy(() => import('./toasts'));

const ToastContext = createContext<(content: ToastContent) => void>(() => undefined);

/** Shows a toast on any page, long enough to be read; errors that need a decision belong elsewhere. */
export const useToast = () => use(ToastContext);

/** Holds the toasts; the code that draws them is loaded with the first one. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [count, setCount] = useState(0);
  const [shown, setShown] = useState<readonly ShownToast[]>([]);
  const show = useCallback((content: ToastContent) => {
    setCount((before) => before + 1);
    setShown((others) => [...others, { ...content, id: (others.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const remove = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  return (
    <ToastContext value={show}>
      {children}
      <Suspense>{count > 0 && <Toasts shown={shown} onGone={remove} />}</Suspense>
    </ToastContext>
  );
}
