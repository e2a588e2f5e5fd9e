import { CircleStop, Play } from 'lucide-react';
import { useMemo, useSyncExternalStore } from 'react';
import { useModels } from '../../client/queries';
import { Button } from '../../components/button';
import { Page } from '../../components/page';
import { SplitPane } from '../../components/split-pane';
import { SqlEditor, type SqlSchema } from '../../components/sql-editor/sql-editor';
import { useQueryState } from '../../results/use-result';
import { ConsoleOutcome } from './console-outcome';
import { useConsole } from './console-context';

/** Asks the warehouse anything, in SQL. */
export default function ConsolePage() {
  const tab = useConsole();
  const state = useQueryState(tab.session);
  const shown = useSyncExternalStore(tab.subscribe, tab.getShown);
  const schema = useSchema();
  const running = state.status === 'running';
  const problem = useMemo(() => {
    const error = state.status === 'failed' ? state.error : null;
    return error?.position ? { message: error.message, position: error.position } : null;
  }, [state]);

  return (
    <Page
      title="Console"
      note="Read-only"
      fill
      actions={
        <div className="flex gap-2">
          <Button icon={CircleStop} disabled={!running} onClick={() => tab.session.cancel()}>
            Cancel
          </Button>
          <Button look="primary" icon={Play} disabled={running} onClick={() => tab.run()} title="Ctrl+Enter">
            Run
          </Button>
        </div>
      }
    >
      <div className="min-h-0 flex-1 overflow-hidden rounded-large border border-line bg-surface shadow-raised">
        <SplitPane
          label="Height of the editor"
          first={
            <SqlEditor
              key={shown}
              label="SQL"
              initialText={tab.text}
              schema={schema}
              problem={problem}
              onChange={(text) => tab.write(text)}
              onRun={() => tab.run()}
            />
          }
          second={<ConsoleOutcome state={state} onRewrite={(change) => tab.show(change(tab.text))} />}
        />
      </div>
    </Page>
  );
}

/** What can be completed: the models that are built and their columns. */
function useSchema(): SqlSchema {
  const { data: models } = useModels();
  return useMemo(
    () =>
      Object.fromEntries(
        models?.map(({ name, built }) => [name, built?.columns.map((column) => column.name) ?? []]) ?? [],
      ),
    [models],
  );
}
