import { useQueryClient } from '@tanstack/react-query';
import { Copy, Ellipsis, Pencil, TextCursorInput, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Model } from '../../../contract/warehouse';
import { useWarehouseAction } from '../client/queries';
import { readAgain } from '../client/read-again';
import { Button } from '../components/button';
import { Menu, MenuItem, MenuLine } from '../components/overlays/menu';
import { goTo } from '../navigation/route';
import { useToast } from '../notifications/toast-context';
import { MetricNameDialog } from './metric-name-dialog';
import { modelOfMetric } from './metric-name';
import { useDeleteMetric } from './use-delete-metric';

const MetricEditor = lazy(() => import('./metric-editor'));

/** The dialog that the menu has opened. */
type Opened = 'edit' | 'rename' | 'duplicate';

/**
 * The actions on a metric of the user's; renders nothing for a metric that ships with the app.
 * @param page the page that shows the metric, and its copy or its new name afterwards
 */
export function MetricMenu({ model, page }: { model: Pick<Model, 'name' | 'origin'>; page: 'metrics' | 'layers' }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const remove = useDeleteMetric();
  if (model.origin !== 'user') return null;
  const { name } = model;
  const close = () => setOpened(null);
  return (
    <>
      <Menu
        label={`Actions on ${name}`}
        align="end"
        trigger={
          <Button look="quiet" icon={Ellipsis} aria-label={`Actions on ${name}`} title="Edit, rename, delete …" />
        }
      >
        <MenuItem icon={Pencil} onSelect={() => setOpened('edit')}>
          Edit SQL…
        </MenuItem>
        <MenuItem icon={TextCursorInput} onSelect={() => setOpened('rename')}>
          Rename…
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => setOpened('duplicate')}>
          Duplicate…
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} danger onSelect={() => remove(name, page)}>
          Delete
        </MenuItem>
      </Menu>
      {opened === 'edit' && (
        <Suspense>
          <MetricEditor model={name} onClose={close} />
        </Suspense>
      )}
      {opened === 'rename' && <Rename model={name} page={page} onClose={close} />}
      {opened === 'duplicate' && <Duplicate model={name} page={page} onClose={close} />}
    </>
  );
}

interface NamingProps {
  readonly model: string;
  readonly page: string;
  readonly onClose: () => void;
}

const fileOf = (model: string) => model.replace(/^gold_/, '');

function Rename({ model, page, onClose }: NamingProps) {
  const naming = useNaming('Renamed', (client, name) => client.ownMetric.rename({ model, name }), { page, onClose });
  return (
    <MetricNameDialog
      title={`Rename ${model}`}
      description="Renames its file in models/. The next refresh renames the table."
      initial={fileOf(model)}
      verb="Rename"
      onClose={onClose}
      {...naming}
    />
  );
}

function Duplicate({ model, page, onClose }: NamingProps) {
  const naming = useNaming('Saved', (client, name) => client.ownMetric.duplicate({ model, name }), { page, onClose });
  return (
    <MetricNameDialog
      title={`Duplicate ${model}`}
      description="Writes a copy into models/. The next refresh builds it."
      initial={`${fileOf(model)}_copy`}
      verb="Duplicate"
      onClose={onClose}
      {...naming}
    />
  );
}

type Act = Parameters<typeof useWarehouseAction<string>>[0];

/** Gives a metric or its copy a name, and opens it. */
function useNaming(done: string, act: Act, { page, onClose }: Pick<NamingProps, 'page' | 'onClose'>) {
  const toast = useToast();
  const queryClient = useQueryClient();
  const { run, pending, error } = useWarehouseAction<string>(act);
  return {
    pending,
    error,
    onName: (name: string) =>
      run(name, {
        onSuccess: () => {
          onClose();
          void readAgain(queryClient);
          goTo(page, modelOfMetric(name));
          toast({ text: `${done} models/${name}.sql`, note: 'Refresh to build it.', tone: 'good' });
        },
      }),
  };
}
