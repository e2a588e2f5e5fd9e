import { useChecks } from '../client/queries';
import { Card } from '../components/card';
import { useFormats } from '../format/use-formats';
import { CheckList } from './check-list';
import { failingOf } from './checks-of';

/** The failing checks of the current data, each with its rows; renders nothing if none fail. */
export function FailingChecks() {
  const formats = useFormats();
  const failing = failingOf(useChecks().data ?? []).failing;
  if (failing.length === 0) return null;
  return (
    <Card title={`${formats.amount(failing.length, 'check')} failing`} note="The data is still shown.">
      <div className="py-1.5">
        <CheckList of={(checks) => failingOf(checks).failing} />
      </div>
    </Card>
  );
}
