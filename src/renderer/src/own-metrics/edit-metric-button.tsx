import { Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../components/button';

const MetricEditor = lazy(() => import('./metric-editor'));

/**
 * Opens the editor of a metric of the user's, beside the error that keeps it from being built.
 * @param model the name of its model, `gold_...`
 */
export function EditMetricButton({ model }: { model: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={Pencil} onClick={() => setOpen(true)}>
        Edit SQL…
      </Button>
      {open && (
        <Suspense>
          <MetricEditor model={model} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
