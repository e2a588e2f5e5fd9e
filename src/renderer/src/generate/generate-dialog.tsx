import { Network, Play } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { flushSync } from 'react-dom';
import { hrefTo } from '../navigation/route';
import type { GenerationRequest } from '../../../contract/generation';
import { errorReportOf } from '../client/error-report';
import { useMainAction, useSuggestedRequest } from '../client/queries';
import { Button } from '../components/button';
import { Dialog } from '../components/overlays/dialog';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { Skeleton } from '../components/skeleton';
import { AdvancedOptions } from './advanced-options';
import { ModeChoice, ProfileChoice } from './data-choices';
import { formOf } from './generate-form';
import { Outlook } from './outlook';
import { RecipeField } from './recipe-field';
import { SeveralMachines } from './several-machines';
import { SizeChoice } from './size-choice';
import { useGenerateForm } from './use-generate-form';
import { useFormats } from '../format/use-formats';

export interface GenerateDialogProps {
  /** The request of a run to repeat; null for suggestions. */
  readonly filledIn: GenerationRequest | null;
  readonly onClose: () => void;
}

/** Asks for the options of a run, shows its estimate, and starts it. */
export default function GenerateDialog({ filledIn, onClose }: GenerateDialogProps) {
  const suggestion = useSuggestedRequest();
  // Always fresh suggestions: the settings may have changed since the panel was last open.
  const first = filledIn ?? (suggestion.isFetchedAfterMount ? suggestion.data : undefined);
  return (
    <Dialog
      wide
      steady
      title="Generate events"
      description="Create synthetic product events and save them as Parquet, one file per day."
      onClose={onClose}
    >
      {first ? (
        <OptionsForm first={first} onClose={onClose} />
      ) : suggestion.error ? (
        <div className="p-5">
          <ErrorNotice error={errorReportOf(suggestion.error)} onRetry={() => void suggestion.refetch()} />
        </div>
      ) : (
        <Skeleton className="m-5 h-96" />
      )}
    </Dialog>
  );
}

function OptionsForm({ first, onClose }: { first: GenerationRequest; onClose: () => void }) {
  const formats = useFormats();
  const element = useRef<HTMLFormElement>(null);
  const state = useGenerateForm(first);
  const { request } = state;
  const [recipeProblem, setRecipeProblem] = useState<string | null>(null);
  const start = useStart(onClose);
  const [sharing, setSharing] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (recipeProblem !== null) return;
    if (request) return start.run({ request, confirmed: false });
    // Rendered synchronously: error messages take space, which would push the field out of view again.
    const field = flushSync(() => state.complain());
    if (field && element.current) showField(element.current, field);
  };
  const accept = (recipe: GenerationRequest['recipe']) =>
    state.change(formOf({ recipe, workers: first.workers, mode: state.form.mode, shard: null }, formats));

  return (
    <>
      <form ref={element} onSubmit={submit} onChange={start.reset} noValidate className="flex min-h-0 flex-1 flex-col">
        <div className="mt-3 grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_296px] grid-rows-[minmax(0,1fr)] border-y border-line narrow:relative narrow:block narrow:overflow-y-auto">
          <div className="flex min-w-0 flex-col gap-4 overflow-y-auto px-5 py-4 narrow:overflow-visible">
            <SizeChoice state={state} />
            <ProfileChoice state={state} />
            <ModeChoice state={state} request={request} />
            <AdvancedOptions state={state} />
          </div>
          <div className="flex flex-col gap-4 overflow-y-auto border-l border-line bg-sunken px-4 py-4 narrow:overflow-visible narrow:border-t narrow:border-l-0">
            <Outlook request={request} />
            <RecipeField recipe={request?.recipe ?? null} onAccept={accept} onProblem={setRecipeProblem} />
          </div>
        </div>
        <Footer start={start} request={request} recipeProblem={recipeProblem} onShare={() => setSharing(true)} />
      </form>
      {sharing && request && <SeveralMachines recipe={request.recipe} onClose={() => setSharing(false)} />}
    </>
  );
}

interface Start {
  readonly request: GenerationRequest;
  /** Whether the user has confirmed the required space. */
  readonly confirmed: boolean;
}

/** Starts a run and opens the page that shows its progress. */
function useStart(onClose: () => void) {
  return useMainAction(async (client, { request, confirmed }: Start) => {
    await client.generation.start({ ...request, confirmed });
    onClose();
    window.location.hash = hrefTo('overview');
  });
}

interface FooterProps {
  readonly start: ReturnType<typeof useStart>;
  readonly request: GenerationRequest | null;
  /** Why the recipe line can't be read; it would not be the recipe that runs. */
  readonly recipeProblem: string | null;
  /** Opens the commands for several machines. */
  readonly onShare: () => void;
}

function Footer({ start, request, recipeProblem, onShare }: FooterProps) {
  const { error } = start;
  return (
    <footer className="flex shrink-0 flex-col gap-3 px-5 py-3 low:py-2">
      {error?.code === 'NEEDS_CONFIRMATION' && request ? (
        <Notice
          tone="warn"
          action={
            <Button busy={start.pending} onClick={() => start.run({ request, confirmed: true })}>
              Generate anyway
            </Button>
          }
        >
          {error.message}
        </Notice>
      ) : (
        error && <ErrorNotice error={error} />
      )}
      <div className="flex items-center justify-end gap-3">
        {recipeProblem === null ? (
          <p className="flex-1 text-small text-ink-soft">
            New events appear all at once when the run finishes. You can cancel until then.
          </p>
        ) : (
          <p role="status" className="flex-1 text-small text-bad">
            The recipe can’t be read. Correct it, or clear the field to use the options.
          </p>
        )}
        <Button icon={Network} disabled={recipeProblem !== null || request === null} onClick={onShare}>
          On several machines
        </Button>
        <Button submit look="primary" icon={Play} busy={start.pending} disabled={recipeProblem !== null}>
          Generate
        </Button>
      </div>
    </footer>
  );
}

/** Expands the options that contain a field, and focuses it. */
function showField(form: HTMLFormElement, name: string): void {
  const input = form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const folded = input?.closest('details');
  if (folded) folded.open = true;
  input?.focus();
}
