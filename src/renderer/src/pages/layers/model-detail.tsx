import { Layers3 } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { z } from 'zod';
import type { Engine, Model } from '../../../../contract/warehouse';
import { hrefTo } from '../../navigation/route';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useChecks } from '../../client/queries';
import { placed } from '../../cluster/placed';
import { Segmented } from '../../components/forms/segmented';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import { Tabs } from '../../components/tabs';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { sqlName } from '../../format/sql-name';
import { useNow, wallClock } from '../../format/use-now';
import { CheckList } from '../../refresh/check-list';
import { MetricMenu } from '../../own-metrics/metric-menu';
import { KeptRows } from '../../refresh/kept-rows';
import { checksOf, checksTitle } from '../../refresh/checks-of';
import { DataMarks } from '../../refresh/data-marks';
import { PlacedRows } from '../../results/placed/placed-rows';
import { ShowSqlButton } from '../../console/show-sql-button';
import { ModelColumns } from './model-columns';

const SqlText = lazy(() =>
  import('../../components/sql-editor/sql-editor').then(({ SqlText: Component }) => ({ default: Component })),
);

/** Enough rows to judge the content; a preview must be cheap. */
const previewRows = 1_000;
const keptTab = new StoredState('preview', 'model tab', z.string());

interface ModelDetailProps {
  readonly model: Model;
  readonly models: readonly Model[];
  /** Replaces the tabs during a trace. */
  readonly children?: ReactNode;
}

/** One model: description, sources, and content. */
export function ModelDetail({ model, models, children }: ModelDetailProps) {
  const formats = useFormats();
  const now = useNow(wallClock, 60_000);
  const standing = model.built ?? model.onCluster;
  return (
    <section aria-label={model.name} className="flex h-full flex-col overflow-hidden">
      <header className="px-4 pt-3 pb-1">
        <div className="flex items-center gap-3">
          <h2 className="font-mono text-body font-semibold select-text">{model.name}</h2>
          {standing && <DataMarks of={(checks) => checksOf(model, models, checks)} />}
          <MetricMenu model={model} page="layers" />
        </div>
        <p className="text-ink-soft select-text">{model.summary}</p>
        {standing && model.layer === 'silver' && <KeptRows model={model.name} />}
        {model.problem && <ErrorNotice error={model.problem} className="mt-2" />}
        <dl className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1 text-small">
          <Fact name="Grain">{model.grain}</Fact>
          <Fact name="Kind">{model.period ? `${model.kind} by ${model.period.unit}` : model.kind}</Fact>
          {model.origin === 'user' && <Fact name="From">your models folder</Fact>}
          <Fact name="Rows">{standing ? formats.count(standing.rows) : 'not built yet'}</Fact>
          {standing?.changedAt && (
            <Fact name="Changed">
              <a
                href={hrefTo('activity', `refresh-${standing.refreshId}`)}
                title={formats.instant(standing.changedAt)}
                className="rounded-small text-accent-ink hover:underline"
              >
                {`${formats.ago(standing.changedAt, now)}, by refresh ${standing.refreshId}`}
              </a>
            </Fact>
          )}
          {model.dependsOn.length > 0 && (
            <Fact name="Reads">
              {model.dependsOn.map((name) => (
                <Source key={name} name={name} isModel={models.some((other) => other.name === name)} />
              ))}
            </Fact>
          )}
        </dl>
      </header>
      {children ?? <Views model={model} models={models} />}
    </section>
  );
}

/** The selected tab stays open when another model is selected. */
function Views({ model, models }: { model: Model; models: readonly Model[] }) {
  const formats = useFormats();
  const { name } = model;
  const [tab, setTab] = useKept(keptTab, useWorkspaceOwner());
  const results = checksOf(model, models, useChecks().data ?? []).flatMap(({ result }) => result ?? []);
  return (
    <Tabs
      label="Model views"
      initial={tab}
      onChange={setTab}
      tabs={[
        { id: 'preview', title: 'Preview', content: <Preview key={name} model={model} /> },
        { id: 'columns', title: 'Columns', content: <ModelColumns key={name} model={model} /> },
        {
          id: 'checks',
          title: checksTitle(results, formats),
          content: <ModelChecks key={name} model={model} models={models} />,
        },
        { id: 'sql', title: 'SQL', content: <ModelSql key={name} model={model} /> },
      ]}
    />
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-faint">{name}</dt>
      <dd className="select-text">{children}</dd>
    </div>
  );
}

/** A source of a model: a link to another model, or files. */
function Source({ name, isModel }: { name: string; isModel: boolean }) {
  if (!isModel) return <span className="mr-2">{name}</span>;
  return (
    <a href={hrefTo('layers', name)} className="mr-2 rounded-small text-accent-ink hover:underline">
      {name}
    </a>
  );
}

function ModelChecks({ model, models }: { model: Model; models: readonly Model[] }) {
  return (
    <div className="h-full overflow-y-auto py-1.5">
      <CheckList of={(checks) => checksOf(model, models, checks)} />
    </div>
  );
}

/** Without the header of its file, which is shown above; where the model has another text for Trino, that too. */
function ModelSql({ model: { name, sql, trinoSql, onCluster } }: { model: Model }) {
  const [engine, setEngine] = useState<Engine>(onCluster ? 'cluster' : 'local');
  const text = trinoSql !== null && engine === 'cluster' ? trinoSql : sql.replace(/^(?:\s*--.*\n)+/, '');
  return (
    <div className="flex h-full flex-col">
      {trinoSql !== null && (
        <div className="px-4 pt-2">
          <Segmented label="SQL for" value={engine} options={dialects} onChange={setEngine} />
        </div>
      )}
      <div className="min-h-0 flex-1">
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <SqlText key={engine} label={`SQL of ${name}`} text={text} />
        </Suspense>
      </div>
    </div>
  );
}

const dialects = [
  { value: 'local', title: 'DuckDB' },
  { value: 'cluster', title: 'Trino' },
] as const;

const shownOf = (rows: number, formats: Formats): string =>
  rows > previewRows
    ? `The first ${formats.count(previewRows)} of ${formats.amount(rows, 'row')}`
    : formats.amount(rows, 'row');

function Preview({ model }: { model: Model }) {
  const formats = useFormats();
  const { name, built, onCluster, problem } = model;
  const standing = built ?? onCluster;
  if (!standing) {
    return (
      <EmptyState icon={Layers3} title="Not built yet">
        {problem
          ? 'The last refresh couldn’t build this model, for the reason above.'
          : 'Refresh to build this model and see its rows.'}
      </EmptyState>
    );
  }
  const statement = placed({ sql: `SELECT * FROM ${sqlName(name)} LIMIT ${previewRows}` }, [name], [model]);
  const extent = shownOf(standing.rows, formats);
  return (
    <PlacedRows
      statement={statement}
      empty="This model has no rows."
      footer={{ extent, actions: <ShowSqlButton sql={statement} /> }}
    />
  );
}
