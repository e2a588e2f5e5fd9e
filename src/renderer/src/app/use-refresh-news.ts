import { useEffect, useEffectEvent, useRef } from 'react';
import type { RefreshState } from '../../../contract/warehouse';
import { useRefreshState } from '../client/live-state';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { describeRefresh, failedChecks } from '../refresh/describe-refresh';
import { hrefTo } from '../navigation/route';
import type { ToastContent } from '../notifications/toast';
import { useToast } from '../notifications/toast-context';

/** Shows a toast when a refresh ends, except on pages that show the refresh themselves. */
export function useRefreshNews(page: string): void {
  const formats = useFormats();
  const toast = useToast();
  const state = useRefreshState().value;
  const before = useRef<RefreshState>(undefined);
  const follow = useEffectEvent((now: RefreshState | undefined) => {
    const news = now?.status === 'ended' && before.current?.status === 'running' ? newsOf(now, formats) : null;
    before.current = now;
    if (news && page !== 'overview' && page !== 'activity') toast(news);
  });
  useEffect(() => follow(state), [state]);
}

/** No toast for a cancelled refresh: the user knows. */
function newsOf({ outcome }: Extract<RefreshState, { status: 'ended' }>, formats: Formats): ToastContent | null {
  const link = { title: 'See results', href: hrefTo('overview') };
  if (outcome.succeeded) {
    const { entry } = outcome;
    const took = formats.duration(Date.parse(entry.finishedAt) - Date.parse(entry.startedAt));
    const tone = (entry.checksFailed ?? 0) > 0 ? 'bad' : 'good';
    return {
      text: `Refreshed in ${took}${failedChecks(entry, formats)}`,
      note: describeRefresh(entry, formats),
      tone,
      link,
    };
  }
  if (outcome.error.code === 'CANCELLED') return null;
  return { text: 'Refresh failed', note: outcome.error.message, tone: 'bad', link: { ...link, title: 'See why' } };
}
