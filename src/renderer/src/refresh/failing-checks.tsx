import type { Check } from '../../../contract/refresh-summary';
import { useChecks } from '../client/queries';
import { Card } from '../components/card';
import { formatAmount } from '../format/numbers';
import { CheckList } from './check-list';

const isFailing = ({ result }: Check) => result?.passed === false;

/** The checks that object to the data as it stands, each with its rows; nothing while none does. */
export function FailingChecks() {
  const failing = useChecks().data?.filter(isFailing) ?? [];
  if (failing.length === 0) return null;
  return (
    <Card title={`${formatAmount(failing.length, 'check')} failing`} note="The data is still shown.">
      <div className="py-1.5">
        <CheckList of={(checks) => checks.filter(isFailing)} />
      </div>
    </Card>
  );
}
