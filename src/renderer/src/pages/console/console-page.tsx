import { useEffect, useMemo } from 'react';
import { silver } from '../../../../contract/relations';
import { placed } from '../../cluster/placed';
import { useModels, useSummary } from '../../client/queries';
import { useStore } from '../../client/store';
import { LoadingPage } from '../../components/loading-page';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { Page } from '../../components/page';
import { SplitPane } from '../../components/split-pane';
import { SqlEditor } from '../../components/sql-editor/sql-editor';
import { pane } from '../../components/surface';
import { useQueryState } from '../../results/session/use-result';
import { useConsoleTabs } from '../../console/console-context';
import { ConsoleOutcome } from './console-outcome';
import { ConsolePanel } from './console-panel';
import { positionIn, type ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';
import { useEditorFocus, useShortcuts } from './use-console-keys';
import { useQuickFixes } from './use-quick-fixes';
import { ConsoleToolbar } from './console-toolbar';
import { ParameterBar } from './parameter-bar';
import { StatementList } from './statement-list';
import { TabStrip } from './tab-strip';
import { useSqlLanguage } from './schema/use-language';
import { TargetBar } from './target-bar';
import { useSavedQueries } from './use-saved-queries';

/** The SQL console. */
export default function ConsolePage() {
  const tabs = useConsoleTabs();
  const { active: tab, loaded, problem } = useStore(tabs);
  const queries = useSavedQueries(tabs);
  useShortcuts(tabs);
  useFirstRun(tabs, loaded);
  if (problem) {
    return (
      <Page title="Console">
        <ErrorNotice error={problem} onRetry={() => void tabs.load()} />
      </Page>
    );
  }
  if (!loaded || !tab) return <LoadingPage title="Console" />;
  return (
    <Page
      title="Console"
      note={
        // In narrow windows, only the switch shows it.
        <span className="max-[1000px]:sr-only">
          <ChangesNote tab={tab} />
        </span>
      }
      fill
      actions={<ConsoleToolbar key={tab.id} tabs={tabs} tab={tab} />}
    >
      <div className="relative flex min-h-0 flex-1 gap-3">
        <ConsolePanel tabs={tabs} active={tab} queries={queries} />
        <div className={`${pane} flex-1`}>
          <TabStrip tabs={tabs} />
          <TabContent key={tab.id} tabs={tabs} tab={tab} />
        </div>
      </div>
    </Page>
  );
}

/** At first use there is an example of a query over silver; it is run as soon as there is something to query. */
function useFirstRun(tabs: ConsoleTabs, loaded: boolean): void {
  const refreshed = useSummary().data?.lastRefresh ?? null;
  const models = useModels().data;
  const on = loaded && refreshed !== null && models ? placed({ sql: '' }, [silver], models).on : null;
  useEffect(() => {
    if (on !== null) tabs.runFirst(on);
  }, [tabs, on]);
}

function ChangesNote({ tab }: { tab: ConsoleTab }) {
  return useStore(tab).allowChanges ? 'Changes are allowed in this tab' : 'Read-only';
}

function TabContent({ tabs, tab }: { tabs: ConsoleTabs; tab: ConsoleTab }) {
  const { shown, text, title, allowChanges, on, outsideText, query } = useStore(tab);
  const state = useQueryState(shown?.session ?? null);
  const language = useSqlLanguage(tab);
  const from = shown?.from ?? 0;
  /** The error's position in the whole text; DuckDB was given one statement of it. */
  const error = state.status === 'failed' ? state.error : null;
  const fixes = useQuickFixes(tab, shown, error);
  const problem = useMemo(() => {
    return error?.position ? { ...error, fixes, position: positionIn(text, from, error.position) } : null;
    // The mark stays at the statement's position at the time of the run.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [error, fixes, from]);
  useEditorFocus(tab);

  return (
    <div
      id={`tab-panel-${tab.id}`}
      role="tabpanel"
      aria-label={title}
      className={classNames(
        'flex min-h-0 flex-1 flex-col border-t-2',
        on === 'cluster' ? 'border-cluster' : allowChanges ? 'border-warn' : 'border-transparent',
      )}
    >
      <TargetBar tabs={tabs} tab={tab} />
      {on === 'local' && <ParameterBar tab={tab} />}
      {outsideText !== null && (
        <div className="p-2">
          <Notice
            tone="warn"
            action={
              <>
                <Button onClick={() => tabs.queries.takeOutside(tab)}>Use the file’s version</Button>
                <Button onClick={() => tabs.queries.keepOwn(tab)}>Keep mine</Button>
              </>
            }
          >
            queries/{query} was changed by another program while you were editing it here.
          </Notice>
        </div>
      )}
      <div className="min-h-0 flex-1">
        <SplitPane
          label="Editor height"
          first={
            <SqlEditor
              label="SQL"
              initialText={text}
              initialState={tab.editorState}
              language={language}
              problem={problem}
              onChange={(written) => tab.write(written)}
              onRun={() => tab.runAtCursor()}
              onRunAll={() => tab.runAll()}
              onHandle={(handle) => tab.attach(handle)}
            />
          }
          second={
            <div data-region="result" className="flex h-full min-h-0 flex-col">
              <StatementList tab={tab} />
              <div className="min-h-0 flex-1">
                <ConsoleOutcome
                  state={state.status === 'failed' && problem ? { ...state, error: problem } : state}
                  session={shown?.session ?? null}
                  on={on}
                  onRewrite={shown ? (change) => void tab.rewrite(shown, change) : null}
                  onRerun={shown ? (change) => tab.rerun(shown, change) : null}
                  fixes={fixes}
                />
              </div>
            </div>
          }
        />
      </div>
    </div>
  );
}
