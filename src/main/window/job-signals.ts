import { BrowserWindow, Notification } from 'electron';
import type { GenerationState } from '../../contract/generation';
import { separate } from '../../contract/text/number-format';
import type { Settings } from '../../contract/settings';
import { refreshFraction, type RefreshState } from '../../contract/warehouse';
import type { Observable } from '../../engine/observable';

/** Removes the progress bar from the taskbar. */
const noProgress = -1;

interface News {
  readonly title: string;
  readonly body: string;
}

/** Mirrors job state to the system: taskbar progress, and a notification at the end when no window has the focus. */
export function signalJobs(
  generation: Observable<GenerationState>,
  refresh: Observable<RefreshState>,
  settings: () => Settings,
): void {
  const showProgress = () => {
    const fraction = generationFraction(generation.value) ?? refreshFraction(refresh.value) ?? noProgress;
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(fraction);
  };
  void followJob(generation, showProgress, (state) => newsOfRun(state, settings()));
  void followJob(refresh, showProgress, newsOfRefresh);
}

async function followJob<State extends { readonly status: string }>(
  job: Observable<State>,
  onChange: () => void,
  newsOf: (state: State) => News | null,
): Promise<void> {
  for await (const state of job.follow()) {
    onChange();
    const news = newsOf(state);
    if (news && !BrowserWindow.getAllWindows().some((window) => window.isFocused())) notify(news);
  }
}

function generationFraction(state: GenerationState): number | null {
  return state.status === 'running' ? state.progress.rows / state.progress.rowsTotal : null;
}

/** A cancelled job needs no notification: the user knows. */
function newsOfRun(state: GenerationState, { numberFormat }: Settings): News | null {
  if (state.status !== 'ended') return null;
  const { outcome } = state;
  if (outcome.succeeded) {
    return {
      title: 'Generation complete',
      body: `${separate(outcome.run.rows.toLocaleString('en'), numberFormat)} new events. Refresh to add them to your models and metrics.`,
    };
  }
  return outcome.error.code === 'CANCELLED' ? null : { title: 'Generation failed', body: outcome.error.message };
}

function newsOfRefresh(state: RefreshState): News | null {
  if (state.status !== 'ended') return null;
  const { outcome } = state;
  if (outcome.succeeded) return { title: 'Refresh complete', body: 'Layers and metrics show all events.' };
  return outcome.error.code === 'CANCELLED' ? null : { title: 'Refresh failed', body: outcome.error.message };
}

function notify(news: News): void {
  const notification = new Notification(news);
  notification.on('click', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  notification.show();
}
