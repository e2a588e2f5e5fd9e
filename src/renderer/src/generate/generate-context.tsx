import { createContext, lazy, Suspense, use, useState, type ReactNode } from 'react';
import type { GenerationRequest } from '../../../contract/generation';
import { useJobsRunning } from '../client/live-state';

const GenerateDialog = lazy(() => import('./generate-dialog'));

/** Opens the Generate panel, filled in with an earlier request or with suggestions. */
export type OpenGenerate = (request?: GenerationRequest) => void;

const OpenGenerateContext = createContext<OpenGenerate | null>(null);

/** Provides the Generate panel, which can be opened on any page. */
export function GenerateProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ readonly request: GenerationRequest | null } | null>(null);
  const [open] = useState<OpenGenerate>(() => (request?: GenerationRequest) => setAsked({ request: request ?? null }));
  const running = useJobsRunning();
  return (
    <OpenGenerateContext value={open}>
      {children}
      {/* If a run began elsewhere, in another window or by a recovery, the panel closes. */}
      {asked && !running && (
        <Suspense>
          <GenerateDialog filledIn={asked.request} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </OpenGenerateContext>
  );
}

export function useOpenGenerate(): OpenGenerate {
  const open = use(OpenGenerateContext);
  if (!open) throw new Error('A GenerateProvider is missing above this component.');
  return open;
}
