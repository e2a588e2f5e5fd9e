import { Layers3 } from 'lucide-react';
import { useRoute } from '../../app/route';
import { errorReportOf } from '../../client/error-report';
import { useModels } from '../../client/queries';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { SkeletonCard } from '../../components/skeleton';
import { formatAmount } from '../../format/numbers';
import { Flow } from './flow';
import { ModelDetail } from './model-detail';

/** How does raw become metric? */
export default function LayersPage() {
  const { data: models, error, refetch } = useModels();
  const { item } = useRoute();
  const chosen = models?.find(({ name }) => name === item) ?? models?.[0];
  return (
    <Page title="Layers" note={models && formatAmount(models.length, 'model')} fill>
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {models && chosen && (
        <>
          <Flow models={models} chosen={chosen} />
          <ModelDetail model={chosen} models={models} />
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
        <SkeletonCard className="h-14 flex-1" />
        <SkeletonCard className="h-14 flex-1" />
        <SkeletonCard className="h-14 flex-1" />
      </div>
      <SkeletonCard className="mt-4 flex-1" />
    </>
  );
}
