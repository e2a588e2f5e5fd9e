import { Layers3 } from 'lucide-react';
import { useRoute } from '../../app/route';
import { errorReportOf } from '../../client/error-report';
import { useModels, useSummary } from '../../client/queries';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { Skeleton } from '../../components/skeleton';
import { formatAmount } from '../../format/numbers';
import { Flow } from './flow';
import { ModelDetail } from './model-detail';

/** How does raw become metric? */
export default function LayersPage() {
  const { data: models, error, refetch } = useModels();
  const summary = useSummary();
  const { item } = useRoute();
  const chosen = models?.find(({ name }) => name === item) ?? models?.[0];
  return (
    <Page title="Layers" note={models && formatAmount(models.length, 'model')} fill>
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {models && chosen && (
        <>
          <Flow models={models} chosen={chosen} />
          <ModelDetail model={chosen} version={summary.data?.lastRefresh?.refreshId} />
        </>
      )}
      {!models && !error && <LayersSkeleton />}
      {models?.length === 0 && (
        <EmptyState icon={Layers3} title="No models">
          The folder of models is empty, so there is nothing that a refresh could build.
        </EmptyState>
      )}
    </Page>
  );
}

function LayersSkeleton() {
  return (
    <>
      <div className="flex gap-4 pt-5.5">
        <Skeleton className="h-14 flex-1 rounded-medium" />
        <Skeleton className="h-14 flex-1 rounded-medium" />
        <Skeleton className="h-14 flex-1 rounded-medium" />
      </div>
      <Skeleton className="mt-4 min-h-0 flex-1 rounded-large" />
    </>
  );
}
