import { RotateCw } from 'lucide-react';
import { useMemo } from 'react';
import { KeptState, useKept, useWorkspaceOwner } from '../../../client/kept-state';
import { useStore } from '../../../client/store';
import { useCluster } from '../../../cluster/use-cluster';
import { Button } from '../../../components/button';
import { ErrorNotice } from '../../../components/error-notice';
import { SearchField } from '../../../components/forms/search-field';
import { SkeletonRows } from '../../../components/skeleton';
import type { ConsoleTab } from '../../../console/console-tab';
import type { ConsoleTabs } from '../../../console/console-tabs';
import { clusterNodes, type Home } from './cluster-nodes';
import { schemaNodes } from './schema-nodes';
import { schemaRows, type SchemaFolds } from './schema-rows';
import { clusterSources, localSources } from './source-sql';
import { TreeRows } from './tree-rows';
import { useClusterContents } from './use-cluster-contents';
import { useReadSchemaAgain, useSchema } from './use-schema';

const keptFolds = new KeptState<SchemaFolds>({});
const keptSearch = new KeptState('');

const fileId = /^file /;

interface SchemaTreeProps {
  readonly tabs: ConsoleTabs;
  /** The selected one. */
  readonly tab: ConsoleTab;
}

/** What SQL in the selected tab can read: the tables and files of this machine, or those of the cluster. */
export function SchemaTree(props: SchemaTreeProps) {
  const { on } = useStore(props.tab);
  const cluster = useCluster()?.settings ?? null;
  if (on === 'local') return <LocalTree {...props} />;
  if (cluster) return <ClusterTree {...props} home={cluster} />;
  return <p className="p-4 text-small text-ink-soft">This workspace has no cluster, hence no tables there.</p>;
}

function useFolds() {
  const owner = useWorkspaceOwner();
  const [search, setSearch] = useKept(keptSearch, owner);
  const [folds, setFolds] = useKept(keptFolds, owner);
  const fold = ({ id }: { id: string }, open: boolean) => setFolds({ ...folds, [id]: open });
  return { search, setSearch, folds, fold };
}

function LocalTree({ tabs, tab }: SchemaTreeProps) {
  const { search, setSearch, folds, fold } = useFolds();
  const openFiles = Object.keys(folds).filter((id) => folds[id] && fileId.test(id));
  const { parts, reserved, pending, error } = useSchema(
    openFiles.map((id) => id.replace(fileId, '')),
    tab,
  );
  const nodes = useMemo(() => schemaNodes(parts), [parts]);
  const rows = useMemo(() => schemaRows(nodes, folds, search), [nodes, folds, search]);
  const sources = useMemo(() => localSources(reserved), [reserved]);
  const readAgain = useReadSchemaAgain();
  return (
    <div className="flex h-full flex-col">
      <TreeHead
        label="Search tables, columns and files"
        placeholder="Tables, columns, files"
        search={search}
        onSearch={setSearch}
        onReadAgain={readAgain}
      />
      {error && <ErrorNotice error={error} onRetry={readAgain} className="m-2" />}
      {pending && !error && <SkeletonRows rows={6} />}
      {!pending && rows.length === 0 && (
        <Nothing text={search === '' ? 'Nothing to query yet. Generate events and refresh.' : 'Nothing matches.'} />
      )}
      <TreeRows rows={rows} sources={sources} tabs={tabs} onFold={fold} />
    </div>
  );
}

/** Each catalog, schema and table is read when it is unfolded. */
function ClusterTree({ tabs, home }: Pick<SchemaTreeProps, 'tabs'> & { home: Home }) {
  const { search, setSearch, folds, fold } = useFolds();
  const { contents, error, readAgain } = useClusterContents(folds, home);
  const nodes = useMemo(() => clusterNodes(contents, home), [contents, home]);
  const rows = useMemo(() => schemaRows(nodes, folds, search), [nodes, folds, search]);
  const sources = useMemo(() => clusterSources(home), [home]);
  return (
    <div className="flex h-full flex-col">
      <TreeHead
        label="Search unfolded names"
        placeholder="Unfolded names"
        search={search}
        onSearch={setSearch}
        onReadAgain={readAgain}
      />
      {error && <ErrorNotice error={error} onRetry={readAgain} className="m-2" />}
      {!error && rows.length === 0 && <Nothing text="Nothing that is unfolded matches." />}
      {!error && <TreeRows rows={rows} sources={sources} tabs={tabs} onFold={fold} />}
    </div>
  );
}

interface TreeHeadProps {
  readonly label: string;
  readonly placeholder: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onReadAgain: () => void;
}

function TreeHead({ label, placeholder, search, onSearch, onReadAgain }: TreeHeadProps) {
  return (
    <div className="flex gap-1 p-2 pb-1">
      <SearchField
        label={label}
        placeholder={placeholder}
        value={search}
        onChange={onSearch}
        className="min-w-0 flex-1"
      />
      <Button
        look="quiet"
        icon={RotateCw}
        aria-label="Read the schema again"
        title="Read again"
        onClick={onReadAgain}
      />
    </div>
  );
}

function Nothing({ text }: { text: string }) {
  return <p className="px-4 py-2 text-small text-ink-soft">{text}</p>;
}
