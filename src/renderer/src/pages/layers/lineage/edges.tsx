import type { LineageEdge, LineageLayout } from './layout';
import type { Relatives } from './neighbours';

interface EdgesProps {
  readonly layout: LineageLayout;
  readonly chosen: string;
  readonly relatives: Relatives;
}

/** In drawing order: highlighted lines come last. */
const looks = {
  other: 'stroke-line-strong',
  related: 'stroke-accent/45',
  own: 'stroke-accent',
};

/** Lines from each source to its readers; dependencies of the selected model are highlighted. */
export function Edges({ layout, chosen, relatives }: EdgesProps) {
  const kindOf = ({ from, to }: LineageEdge): keyof typeof looks => {
    if (from === chosen || to === chosen) return 'own';
    const related = [relatives.sources, relatives.readers].some((names) => names.has(from) && names.has(to));
    return related ? 'related' : 'other';
  };
  return (
    <svg
      aria-hidden
      width={layout.width}
      height={layout.height}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="absolute inset-0 overflow-visible"
    >
      {(['other', 'related', 'own'] as const).map((kind) => (
        <g key={kind} className={looks[kind]} strokeWidth={kind === 'other' ? 1.25 : 1.75}>
          {layout.edges
            .filter((edge) => kindOf(edge) === kind)
            .map((edge) => (
              <Edge key={`${edge.from} ${edge.to}`} edge={edge} />
            ))}
        </g>
      ))}
    </svg>
  );
}

function Edge({ edge: { path, end } }: { edge: LineageEdge }) {
  const [x, y] = end;
  return <path d={`${path} M${x - 6},${y - 4} L${x - 1},${y} L${x - 6},${y + 4}`} />;
}
