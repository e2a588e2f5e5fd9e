import { Code } from 'lucide-react';
import type { PlacedSql } from '../cluster/placed';
import { Button } from '../components/button';
import { useShowSql } from './use-show-sql';

/** Opens the SQL behind the data on show in the console. */
export function ShowSqlButton({ sql, className }: { sql: string | PlacedSql; className?: string }) {
  const showSql = useShowSql();
  return (
    <Button look="quiet" icon={Code} className={className} onClick={() => showSql(sql)}>
      Show SQL
    </Button>
  );
}
