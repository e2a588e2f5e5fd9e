import { Code } from 'lucide-react';
import { Button } from '../components/button';
import { useShowSql } from './use-show-sql';

/** The button of everything that comes from SQL: opens exactly that in the console. */
export function ShowSqlButton({ sql, className }: { sql: string; className?: string }) {
  const showSql = useShowSql();
  return (
    <Button look="quiet" icon={Code} className={className} onClick={() => showSql(sql)}>
      Show SQL
    </Button>
  );
}
