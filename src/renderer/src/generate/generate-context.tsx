import { createContext, lazy, Suspense, use, useState, type ReactNode } from 'react';
import type { GenerationRequest } from '../../../contract/generation';
import { useJobsRunning } from '../client/live-state';

const GenerateDialog = lazy(() => import('./generate-dialog'));

/** Opens the Generate panel, filled in with a request of before, else with what is suggested. */
export type OpenGenerate = (request?: GenerationRequest) => void;

const OpenGenerateContext = createContext<OpenGenerate | null>(null);

/** Holds the Generate panel, which can be asked for on any page. */
export function GenerateProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ readonly request: GenerationRequest | null } | null>(null);
  const [open] = useState<OpenGenerate>(() => (request?: GenerationRequest) => setAsked({ request: request ?? null }));
  const running = useJobsRunning();
  return (
    <OpenGenerateContext value={open}>
      {children}
      {/* Something that began elsewhere, in another window or by a recovery, leaves nothing to ask for. */}
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
