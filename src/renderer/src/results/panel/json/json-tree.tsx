import { ChevronDown, ChevronRight, Columns3, Copy, ListFilter, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button';
import { jsonPathText, type JsonPath } from './json-path';
import { LongText } from './long-text';
import type { JsonEntry, JsonText } from './json-text';

/** Most entries of one object or array that are drawn; the rest is counted. */
const maxEntries = 200;

export interface JsonActions {
  readonly onCopyPath: (path: JsonPath) => void;
  /** @param value null for JSON's own null and for a missing value */
  readonly onFilter: (path: JsonPath, value: string | null) => void;
  /** Null if the statement is unknown. */
  readonly extract: JsonExtract | null;
}

/** Values that become columns. */
export interface JsonExtract {
  readonly isTicked: (path: JsonPath) => boolean;
  readonly tick: (path: JsonPath, value: JsonText) => void;
  /** Makes a column of one value at once. */
  readonly one: (path: JsonPath, value: JsonText) => void;
}

/** A JSON value as a collapsible tree. */
export function JsonTree({ value, ...actions }: { value: JsonText } & JsonActions) {
  return (
    <ul role="tree" aria-label="JSON" className="font-mono text-small">
      <JsonNode name={null} value={value} path={[]} reachable {...actions} />
    </ul>
  );
}

interface JsonNodeProps extends JsonActions {
  readonly name: string | number | null;
  readonly value: JsonText;
  readonly path: JsonPath;
  /** Whether the path leads here, and not to an earlier entry with the same key. */
  readonly reachable: boolean;
}

function JsonNode({ name, value, path, reachable, ...actions }: JsonNodeProps) {
  const entries = entriesOf(value);
  const [open, setOpen] = useState(path.length < 2);
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <li role="treeitem" aria-expanded={entries ? open : undefined} aria-label={jsonPathText(path)}>
      <div className="group/node flex min-h-6 items-start gap-1 rounded-small hover:bg-hover focus-within:bg-hover">
        {entries ? (
          <button
            type="button"
            aria-label={`${open ? 'Collapse' : 'Expand'} ${jsonPathText(path)}`}
            title={open ? 'Collapse' : 'Expand'}
            className="mt-1 rounded-small text-ink-faint hover:text-ink"
            onClick={() => setOpen(!open)}
          >
            <Icon size={14} aria-hidden />
          </button>
        ) : (
          <span className="w-3.5 shrink-0" />
        )}
        {actions.extract && path.length > 0 && reachable && (
          <input
            type="checkbox"
            aria-label={`Tick ${jsonPathText(path)}`}
            title="Tick to extract it as a column"
            checked={actions.extract.isTicked(path)}
            onChange={() => actions.extract?.tick(path, value)}
            className="mt-1.5 shrink-0"
          />
        )}
        <span className="min-w-0 flex-1 py-0.5 break-words select-text">
          {name !== null && <span className="text-ink-soft">{name}: </span>}
          {entries ? <span className="text-ink-faint">{summary(value, entries.length)}</span> : <Leaf value={value} />}
        </span>
        {path.length > 0 && reachable && <NodeActions path={path} value={value} {...actions} />}
      </div>
      {entries && open && (
        <ul role="group" className="ml-1.5 border-l border-line pl-2">
          {entries.slice(0, maxEntries).map(({ step, place, hidden, value: child }) => (
            <JsonNode
              key={place}
              name={step}
              value={child}
              path={[...path, step]}
              reachable={reachable && !hidden}
              {...actions}
            />
          ))}
          {entries.length > maxEntries && (
            <li className="py-0.5 pl-4 text-ink-faint">{entries.length - maxEntries} more</li>
          )}
        </ul>
      )}
    </li>
  );
}

function NodeActions({
  path,
  value,
  onCopyPath,
  onFilter,
  extract,
}: Pick<JsonNodeProps, 'path' | 'value'> & JsonActions) {
  const text = jsonPathText(path);
  return (
    <>
      <NodeAction icon={Copy} title="Copy path" name={`Copy path ${text}`} onClick={() => onCopyPath(path)} />
      {!entriesOf(value) && (
        <NodeAction
          icon={ListFilter}
          title="Filter by this value"
          name={`Filter by ${text}`}
          onClick={() => onFilter(path, textOf(value))}
        />
      )}
      {extract && (
        <NodeAction
          icon={Columns3}
          title="Extract as column"
          name={`Extract ${text} as column`}
          onClick={() => extract.one(path, value)}
        />
      )}
    </>
  );
}

interface NodeActionProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** The label includes the path: there is one at every node. */
  readonly name: string;
  readonly onClick: () => void;
}

/** Visible on hover and focus. */
function NodeAction({ icon, title, name, onClick }: NodeActionProps) {
  return (
    <Button
      look="quiet"
      icon={icon}
      aria-label={name}
      title={title}
      className="h-6 w-6 opacity-0 group-focus-within/node:opacity-100 group-hover/node:opacity-100"
      onClick={onClick}
    />
  );
}

function Leaf({ value }: { value: JsonText }) {
  const isText = value.kind === 'string';
  const look = isText ? 'text-code-string' : /\d/.test(sourceOf(value)) ? 'text-code-number' : 'text-code-keyword';
  return (
    <span className={look}>
      <LongText text={sourceOf(value)} />
    </span>
  );
}

const entriesOf = (value: JsonText): readonly JsonEntry[] | null => ('entries' in value ? value.entries : null);

const sourceOf = (value: JsonText): string => ('source' in value ? value.source : '');

/** A leaf as DuckDB's `->>` returns it; null for JSON's own null. */
function textOf(value: JsonText): string | null {
  if (value.kind === 'string') return value.value;
  return sourceOf(value) === 'null' ? null : sourceOf(value);
}

function summary(value: JsonText, count: number): string {
  return value.kind === 'array' ? `[${count}]` : `{${count}}`;
}
