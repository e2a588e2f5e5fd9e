import type { Check } from '../../../contract/refresh-summary';
import { useChecks } from '../client/queries';
import { Card } from '../components/card';
import { useFormats } from '../format/use-formats';
import { CheckList } from './check-list';

const isFailing = ({ result }: Check) => result?.passed === false;

/** The failing checks of the current data, each with its rows; renders nothing if none fail. */
export function FailingChecks() {
  const formats = useFormats();
  const failing = useChecks().data?.filter(isFailing) ?? [];
  if (failing.length === 0) return null;
  return (
    <Card title={`${formats.amount(failing.length, 'check')} failing`} note="The data is still shown.">
      <div className="py-1.5">
        <CheckList of={(checks) => checks.filter(isFailing)} />
      </div>
    </Card>
  );
}
