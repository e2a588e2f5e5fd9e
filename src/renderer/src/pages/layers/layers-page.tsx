import { Layers3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { traceSubjectSchema, type TraceSubject } from '../../../../contract/trace';
import type { Model } from '../../../../contract/warehouse';
import { useKeptItem } from '../../navigation/kept-item';
import { goTo } from '../../navigation/route';
import { errorReportOf } from '../../client/error-report';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useModels, useRefreshId, useRefreshSummary, useTrace } from '../../client/queries';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { SplitPane } from '../../components/split-pane';
import { surface } from '../../components/surface';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { DetailSkeleton, LineageSkeleton } from './layers-skeleton';
import { Lineage } from './lineage/lineage';
import { ModelDetail } from './model-detail';
import { TraceDetail } from './trace-detail';
import { TraceForm } from './trace-form';

/** The subject of the current trace. */
const keptSubject = new StoredState<TraceSubject | null>(null, 'trace', traceSubjectSchema.nullable());

/** The lineage from raw events to metrics. */
export default function LayersPage() {
  const formats = useFormats();
  const { data: models, error, refetch } = useModels();
  const [subject, setSubject] = useKept(keptSubject, useWorkspaceOwner());
  const { isFetching } = useTrace(subject);
  const built = models?.some((model) => model.built !== null) ?? false;
  return (
    <Page
      title="Layers"
      note={models && noteOf(models, subject, formats)}
      actions={
        <TraceForm subject={subject} pending={subject !== null && isFetching} disabled={!built} onTrace={setSubject} />
      }
      fill
    >
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {models && models.length > 0 && <Workbench models={models} subject={subject} />}
      {!models && !error && (
        <div className={frame}>
          <Panes first={<LineageSkeleton />} second={<DetailSkeleton />} />
        </div>
      )}
      {models?.length === 0 && (
        <EmptyState icon={Layers3} title="No models">
          The models folder is empty, so a refresh has nothing to build.
        </EmptyState>
      )}
    </Page>
  );
}

function noteOf(models: readonly Model[], subject: TraceSubject | null, formats: Formats): string {
  return subject ? `Tracing ${subject.kind} ${subject.id}` : formats.amount(models.length, 'model');
}

const frame = `min-h-0 flex-1 overflow-hidden low:min-h-[46rem]! ${surface}`;
const lineageShare = 0.46;

/** The lineage, and below it the selected model. */
function Workbench({ models, subject }: { models: readonly Model[]; subject: TraceSubject | null }) {
  const item = useKeptItem();
  const chosen = models.find(({ name }) => name === item) ?? models[0];
  const { data: refreshed } = useRefreshSummary(useRefreshId() ?? null);
  const { data: trace = null, error, refetch } = useTrace(subject);
  if (!chosen) return null;
  return (
    <div className={frame}>
      <Panes
        first={
          <Lineage
            models={models}
            chosen={chosen}
            waterfall={refreshed?.waterfall ?? []}
            trace={trace}
            onChoose={(name) => goTo('layers', name)}
          />
        }
        second={
          <ModelDetail model={chosen} models={models}>
            {subject && (
              <TraceDetail
                model={chosen}
                subject={subject}
                trace={trace}
                error={error && errorReportOf(error)}
                onRetry={() => void refetch()}
              />
            )}
          </ModelDetail>
        }
      />
    </div>
  );
}

/** Stacked, in the user's proportions, from the first render. */
function Panes({ first, second }: { first: ReactNode; second: ReactNode }) {
  return <SplitPane label="Lineage" share={lineageShare} first={first} second={second} />;
}
