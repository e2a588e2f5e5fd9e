import {
  Braces,
  Calendar,
  ChevronRight,
  Columns2,
  Database,
  Ellipsis,
  FileText,
  Folder,
  Hash,
  Table2,
  ToggleLeft,
  Type,
  type LucideIcon,
} from 'lucide-react';
import type { DragEvent, MouseEvent } from 'react';
import { kindOf, type Column } from '../../../../../contract/column-type';
import { printable } from '../../../../../contract/text/printable';
import type { Source, SourceProfile } from '../../../../../contract/sources';
import { onceReleased } from '../../../components/overlays/once-released';
import { classNames } from '../../../components/class-names';
import { useFormats } from '../../../format/use-formats';
import { ProfileShape } from '../../../results/panel/profile/profile-shape';
import { nameOf, type SchemaItem } from './schema-nodes';
import type { SchemaRow } from './schema-rows';
import { useSourceProfile } from './use-schema';

export const lineHeight = 26;

export interface SchemaLineProps {
  readonly row: SchemaRow;
  readonly id: string;
  readonly top: number;
  readonly active: boolean;
  /** The text that a drag carries; null for rows that can't be dragged. */
  readonly sql: string | null;
  readonly onPick: () => void;
  readonly onToggle: () => void;
  readonly onInsert: () => void;
  readonly onMenu: (at: { x: number; y: number }) => void;
  /** Called with the row's element when the mouse rests on it, and with null when it leaves. */
  readonly onHover: (element: HTMLElement | null) => void;
}

/** One row of the tree. */
export function SchemaLine(props: SchemaLineProps) {
  const { row, id, top, active, sql, onPick, onToggle, onInsert, onMenu, onHover } = props;
  const { item, level, position, siblings, open } = row;
  const isBranch = item.kind === 'group' || item.kind === 'folder' || isPlace(item);
  const onClick = () => {
    onPick();
    if (isBranch) onToggle();
  };
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    onPick();
    const at = { x: event.clientX, y: event.clientY };
    if (hasMenu(item)) onceReleased(event, () => onMenu(at));
  };
  const onDragStart = (event: DragEvent) => {
    onHover(null);
    if (sql !== null) event.dataTransfer.setData('text/plain', sql);
  };
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={open ?? undefined}
      aria-selected={active}
      draggable={sql !== null}
      onDragStart={onDragStart}
      onClick={onClick}
      onDoubleClick={() => (isBranch ? undefined : onInsert())}
      onContextMenu={onContextMenu}
      onMouseEnter={(event) => onHover(event.currentTarget)}
      onMouseLeave={() => onHover(null)}
      className={classNames(
        'group/line absolute inset-x-0 flex items-center gap-1.5 rounded-small pr-1 outline-offset-[-2px] outline-accent',
        active ? 'group-focus-visible/tree:outline-2 group-focus/tree:bg-selected hover:bg-hover' : 'hover:bg-hover',
      )}
      style={{ top, height: lineHeight, paddingLeft: (level - 1) * 14 + 4 }}
    >
      <Chevron open={open} onToggle={onToggle} />
      <LineContent item={item} />
      {hasMenu(item) && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Commands of ${nameOf(item)}`}
          onClick={(event) => {
            event.stopPropagation();
            onPick();
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            onMenu({ x: left, y: bottom });
          }}
          onDoubleClick={(event) => event.stopPropagation()}
          className="absolute right-0.5 hidden rounded-small bg-surface p-1 text-ink-soft shadow-raised group-hover/line:block hover:text-ink"
        >
          <Ellipsis size={12} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** Whether it is a catalog or schema of the cluster, which a click unfolds. */
const isPlace = (item: SchemaItem): boolean =>
  item.kind === 'remote' && (item.of === 'catalog' || item.of === 'schema');

/** Whether a row has commands. */
export const hasMenu = ({ kind }: SchemaItem): boolean => kind !== 'group' && kind !== 'note';

function Chevron({ open, onToggle }: { open: boolean | null; onToggle: () => void }) {
  if (open === null) return <span className="w-3.5 shrink-0" />;
  return (
    <span
      aria-hidden
      className="grid h-full w-3.5 shrink-0 place-items-center text-ink-faint hover:text-ink"
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <ChevronRight size={13} className={classNames('transition-transform', open && 'rotate-90')} />
    </span>
  );
}

function LineContent({ item }: { item: SchemaItem }) {
  const formats = useFormats();
  const name = nameOf(item);
  switch (item.kind) {
    case 'group':
      return (
        <>
          <span className="min-w-0 flex-1 truncate text-small font-semibold text-ink-soft">{name}</span>
          <Figure text={formats.count(item.count)} title={formats.amount(item.count, item.unit)} />
        </>
      );
    case 'table':
      return (
        <>
          <Icon of={Table2} className="text-accent-ink" />
          <span className="min-w-0 flex-1 truncate" title={item.model?.summary ?? name}>
            {name}
          </span>
          {item.model?.built && (
            <Figure
              text={formats.compact(item.model.built.rows)}
              title={formats.amount(item.model.built.rows, 'row')}
            />
          )}
        </>
      );
    case 'folder':
      return (
        <>
          <Icon of={Folder} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <Figure text={formats.count(item.count)} title={`${formats.amount(item.count, 'item')} in this folder`} />
        </>
      );
    case 'file':
      return (
        <>
          <Icon of={FileText} />
          <span className="min-w-0 flex-1 truncate" title={printable(item.file.path)}>
            {name}
          </span>
        </>
      );
    case 'remote':
      return (
        <>
          <Icon of={remoteIcons[item.of]} className={item.of === 'table' ? 'text-accent-ink' : 'text-ink-faint'} />
          <span className="min-w-12 flex-1 truncate" title={name}>
            {name}
          </span>
          {item.type !== null && (
            <span className="max-w-24 shrink-0 truncate text-micro text-ink-faint" title={printable(item.type)}>
              {printable(item.type)}
            </span>
          )}
        </>
      );
    case 'column':
      return <ColumnContent column={item.column} source={item.source} />;
    case 'note':
      return (
        <span className="min-w-0 flex-1 truncate text-small text-ink-soft" title={name}>
          {name}
        </span>
      );
  }
}

const remoteIcons = { catalog: Database, schema: Folder, table: Table2, column: Columns2 } as const;

function Icon({ of: Drawn, className = 'text-ink-faint' }: { of: LucideIcon; className?: string }) {
  return <Drawn size={14} strokeWidth={1.75} aria-hidden className={`shrink-0 ${className}`} />;
}

/** It makes way for the button of the row's menu. */
function Figure({ text, title }: { text: string; title: string }) {
  return (
    <span title={title} className="shrink-0 pr-1 text-micro text-ink-faint group-hover/line:pr-6">
      <span aria-hidden>{text}</span>
      <span className="sr-only">{title}</span>
    </span>
  );
}

const shortTypes: Record<string, string> = { 'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ' };

function ColumnContent({ column, source }: { column: Column; source: Source }) {
  const profile = useSourceProfile(source, column.name);
  const type = shortTypes[column.type] ?? column.type;
  return (
    <>
      <Icon of={iconOf(column.type)} />
      <span className="min-w-12 shrink truncate" title={printable(column.name)}>
        {printable(column.name)}
      </span>
      <span className="min-w-0 flex-1 shrink-[2] truncate font-mono text-micro text-ink-faint" title={column.type}>
        {type}
      </span>
      <span className="flex shrink-0 items-center gap-1.5 group-hover/line:pr-5">
        {profile && <NullShare profile={profile} />}
        <span className="block w-12">{profile && <ProfileShape profile={profile} small />}</span>
      </span>
    </>
  );
}

function NullShare({ profile }: { profile: SourceProfile }) {
  const formats = useFormats();
  const { rows, nulls, sample, firstRows } = profile;
  if (rows === 0 || nulls === 0) return <span className="sr-only">no nulls</span>;
  const share = nulls / rows;
  const text = share < 0.005 ? `<${formats.percent(0.01)}` : formats.percent(Math.round(share * 100) / 100);
  const basis = sample
    ? `, sampled from ${formats.count(sample.days)} of ${formats.amount(sample.of, 'day')}`
    : firstRows === null
      ? ''
      : `, of the first ${formats.amount(firstRows, 'row')}`;
  return (
    <span className="text-micro text-ink-soft" title={`${text} NULL${basis}`}>
      {text}
      <span className="sr-only"> nulls</span>
    </span>
  );
}

function iconOf(type: string): LucideIcon {
  const kind = kindOf(type);
  if (kind === 'number') return Hash;
  if (kind === 'time') return Calendar;
  if (kind === 'nested' || type === 'JSON') return Braces;
  return type === 'BOOLEAN' ? ToggleLeft : Type;
}
