import type { WarehouseClient } from '../../client/connection';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { Skeleton } from '../../components/skeleton';
import { ProfileBars, ProfileFacts } from './profile/profile-parts';
import { SidePane } from './side-pane';
import { useResultQuery } from '../session/use-result-query';

export interface ColumnProfilePaneProps {
  readonly client: WarehouseClient;
  readonly resultId: string;
  readonly columnIndex: number;
  readonly name: string;
  readonly type: string;
  readonly onShowSql: ((sql: string) => void) | null;
  readonly onClose: () => void;
}

/** The profile of a column, over all rows of the result. */
export function ColumnProfilePane({
  client,
  resultId,
  columnIndex,
  name,
  type,
  onShowSql,
  onClose,
}: ColumnProfilePaneProps) {
  const { answer, error, pending } = useResultQuery(resultId, ['profile', columnIndex], (signal) =>
    client.results.profile({ resultId, column: columnIndex }, { signal }),
  );
  return (
    <SidePane title={`Profile of ${name}`} note={type} onClose={onClose}>
      {error && <ErrorNotice error={error} />}
      {pending && <Skeleton className="h-40" />}
      {answer && !pending && (
        <>
          <ProfileFacts profile={answer} />
          <div className="mt-4">
            <ProfileBars profile={answer} />
          </div>
          {onShowSql && (
            <Button look="quiet" className="mt-3" onClick={() => onShowSql(answer.sql)}>
              Show SQL
            </Button>
          )}
        </>
      )}
    </SidePane>
  );
}
