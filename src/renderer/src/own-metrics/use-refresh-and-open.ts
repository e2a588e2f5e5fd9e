import { useStartRefresh } from '../cluster/use-start-refresh';
import { goTo } from '../navigation/route';
import { useToast } from '../notifications/toast-context';

/** Starts a refresh, which builds a new or changed metric, and opens the metric. */
export function useRefreshAndOpen() {
  const toast = useToast();
  const { run, pending, error } = useStartRefresh();
  return {
    pending,
    error,
    /**
     * @param model the name of its model, `gold_...`
     * @param then called once the refresh has started
     */
    run: (model: string, then?: () => void) =>
      run(undefined, {
        onSuccess: () => {
          then?.();
          goTo('metrics', model);
          toast({ text: `Building ${model}`, note: 'It is drawn as soon as the refresh ends.', tone: 'info' });
        },
      }),
  };
}
