import type { Model } from '../../../../contract/warehouse';

/** The columns of a model: what its header says they mean, and the types that the warehouse gave them. */
export function ModelColumns({ model: { columns, built } }: { model: Model }) {
  const meanings = new Map(columns.map(({ name, meaning }) => [name, meaning]));
  const rows =
    built?.columns.map(({ name, type }) => ({ name, type, meaning: meanings.get(name) ?? '' })) ??
    columns.map(({ name, meaning }) => ({ name, type: null, meaning }));
  return (
    <div className="h-full overflow-y-auto" tabIndex={0}>
      <table aria-label="Columns" className="w-full text-left">
        <thead className="text-small text-ink-soft">
          <tr className="border-b border-line">
            <th className="px-4 py-1.5 font-semibold">Column</th>
            <th className="px-4 py-1.5 font-semibold">Type</th>
            <th className="px-4 py-1.5 font-semibold">Meaning</th>
          </tr>
        </thead>
        <tbody className="select-text">
          {rows.map(({ name, type, meaning }) => (
            <tr key={name} className="border-b border-line/60 align-baseline">
              <td className="px-4 py-1.5 font-mono text-small whitespace-nowrap">{name}</td>
              <td className="px-4 py-1.5 font-mono text-micro whitespace-nowrap text-ink-soft">
                {type ?? 'known after a refresh'}
              </td>
              <td className="w-full px-4 py-1.5">{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
