import { useQuery, useQueryClient, skipToken } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { OwnMetric } from '../../../contract/own-metrics';
import { noParameter } from '../../../contract/results';
import { parameterNames } from '../../../contract/text/sql-text';
import { useConnection } from '../client/connection-context';
import { errorReportOf } from '../client/error-report';
import { useWarehouseAction } from '../client/queries';
import { readAgain } from '../client/read-again';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';
import { Field } from '../components/forms/field';
import { Notice } from '../components/notice';
import { Sheet } from '../components/overlays/sheet';
import { SkeletonRows } from '../components/skeleton';
import { SqlEditor } from '../components/sql-editor/sql-editor';
import { MetricDefaults } from './metric-defaults';
import { useRefreshAndOpen } from './use-refresh-and-open';

export interface MetricEditorProps {
  /** The name of the model, `gold_...`. */
  readonly model: string;
  readonly onClose: () => void;
}

/** Edits the SQL, the description and the defaults of a metric. */
export default function MetricEditor({ model, onClose }: MetricEditorProps) {
  const [unsaved, setUnsaved] = useState(false);
  const { warehouse } = useConnection();
  const { data, error, refetch } = useQuery({
    queryKey: ['own-metric', warehouse?.id, model],
    queryFn: warehouse ? ({ signal }) => warehouse.client.ownMetric.read({ model }, { signal }) : skipToken,
    // The form owns its text from the first answer on.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Sheet title={`Edit ${model}`} description={data?.file ?? 'A file in models/'} onClose={onClose} unsaved={unsaved}>
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="m-4" />}
      {data ? (
        <EditorForm model={model} metric={data} onClose={onClose} onUnsaved={setUnsaved} />
      ) : (
        !error && <SkeletonRows rows={8} />
      )}
    </Sheet>
  );
}

interface EditorFormProps extends MetricEditorProps {
  readonly metric: OwnMetric;
  readonly onUnsaved: (unsaved: boolean) => void;
}

function EditorForm({ model, metric, onClose, onUnsaved }: EditorFormProps) {
  const [sql, setSql] = useState(metric.sql);
  const [summary, setSummary] = useState(metric.summary);
  const [grain, setGrain] = useState(metric.grain);
  const [parameters, setParameters] = useState(metric.parameters);
  const names = parameterNames(sql);
  const { save, saved, setSaved } = useSave(model, metric, onUnsaved, {
    sql,
    summary,
    grain,
    parameters: Object.fromEntries(names.map((name) => [name, parameters[name] ?? noParameter])),
  });
  const changed = () => {
    setSaved(false);
    onUnsaved(true);
  };
  const opening = useRefreshAndOpen();
  const { error } = save;
  const shown = error ?? opening.error;
  const position = error?.position;
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onChange={changed}
      onSubmit={(event) => {
        event.preventDefault();
        save.run();
      }}
    >
      <div className="min-h-40 flex-1 border-b border-line low:min-h-24">
        <SqlEditor
          label={`SQL of ${model}`}
          initialText={metric.sql}
          language={null}
          problem={error && position ? { message: error.message, position } : null}
          onChange={(text) => {
            setSql(text);
            changed();
          }}
          onRun={() => save.run()}
          onRunAll={() => save.run()}
          onHandle={() => undefined}
        />
      </div>
      <div className="flex max-h-[60%] min-h-0 flex-col gap-3 overflow-y-auto px-5 py-4 low:py-2">
        {names.length > 0 && (
          <MetricDefaults
            names={names}
            parameters={parameters}
            onChange={(name, value) => setParameters({ ...parameters, [name]: value })}
          />
        )}
        <div className="grid grid-cols-2 gap-3 narrow:grid-cols-1">
          <Field label="Description" value={summary} onChange={setSummary} />
          <Field label="Grain" value={grain} onChange={setGrain} placeholder="one row per week" />
        </div>
        {shown && <ErrorNotice error={shown} />}
        {saved && <Notice tone="good">{`Saved to ${metric.file}. Refresh to build it.`}</Notice>}
      </div>
      <footer className="flex shrink-0 justify-end gap-2 border-t border-line px-5 py-3 low:py-2">
        <Button onClick={onClose}>{saved ? 'Close' : 'Cancel'}</Button>
        {saved ? (
          <Button look="primary" icon={RefreshCw} busy={opening.pending} onClick={() => opening.run(model, onClose)}>
            Refresh and open
          </Button>
        ) : (
          <Button look="primary" submit busy={save.pending}>
            Save
          </Button>
        )}
      </footer>
    </form>
  );
}

type Draft = Pick<OwnMetric, 'sql' | 'summary' | 'grain' | 'parameters'>;

/** Saves the metric; a second save replaces the text of the first. */
function useSave(model: string, metric: OwnMetric, onUnsaved: (unsaved: boolean) => void, draft: Draft) {
  const queryClient = useQueryClient();
  const [saved, setSaved] = useState(false);
  const [replaces, setReplaces] = useState(metric.text);
  const action = useWarehouseAction(async (client) => {
    await client.ownMetric.edit({ model, replaces, ...draft });
    setReplaces((await client.ownMetric.read({ model })).text);
    setSaved(true);
    onUnsaved(false);
    await readAgain(queryClient);
  });
  return { save: action, saved, setSaved };
}
