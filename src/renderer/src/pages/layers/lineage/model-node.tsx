import { CircleX, History, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Trace } from '../../../../../contract/trace';
import type { Model } from '../../../../../contract/warehouse';
import { hrefTo } from '../../../navigation/route';
import { useChecks, useModels, useSummary } from '../../../client/queries';
import { classNames } from '../../../components/class-names';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';
import { formatAge } from '../../../format/durations';
import { useNow, wallClock } from '../../../format/use-now';
import { checksOf } from '../../../refresh/checks-of';
import { nodeHeight, nodeWidth, type LineageNode } from './layout';

export interface ModelNodeProps {
  readonly node: LineageNode;
  readonly model: Model;
  readonly current: boolean;
  /** Names of the models that read it. */
  readonly readBy: readonly string[];
  readonly trace: Trace | null;
}

const minute = 60_000;

/** A model in the lineage: its rows, its last change, and its worst problem. */
export function ModelNode({ node: { x, y }, model, current, readBy, trace }: ModelNodeProps) {
  const formats = useFormats();
  const { name, built } = model;
  const mark = useMark(model);
  const now = useNow(wallClock, minute);
  const untouched = trace !== null && !trace.models.some(({ model: traced, rows }) => traced === name && rows > 0);
  return (
    <li className="absolute" style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}>
      <a
        href={hrefTo('layers', name)}
        data-model={name}
        aria-current={current ? 'true' : undefined}
        aria-label={name}
        aria-description={describe(model, readBy, mark, now, formats)}
        tabIndex={current ? 0 : -1}
        draggable={false}
        title={built?.changedAt ? `Changed ${formats.ago(built.changedAt, now)}, by refresh ${built.refreshId}` : name}
        className={classNames(
          'block h-full scroll-m-6 rounded-medium border bg-surface px-2.5 py-1 shadow-raised transition-colors',
          current ? 'border-accent ring-1 ring-accent' : 'border-line-strong hover:border-ink-faint',
        )}
      >
        <span className={classNames('block truncate leading-4.5 font-medium', untouched && 'text-ink-faint')}>
          {name}
        </span>
        <span className="flex items-center gap-2 text-small text-ink-soft">
          <span className="min-w-0 flex-1 truncate">{rowsOf(model, trace, formats)}</span>
          {mark && (
            <span className={classNames('inline-flex items-center gap-1 font-medium', mark.look)} title={mark.why}>
              <mark.icon size={12} aria-hidden />
              {mark.word}
            </span>
          )}
          {!mark && built?.changedAt && <span className="text-ink-faint">{formatAge(built.changedAt, now)}</span>}
        </span>
      </a>
    </li>
  );
}

/** The number of rows; during a trace, those of the subject. */
function rowsOf({ name, built, problem }: Model, trace: Trace | null, formats: Formats): string {
  if (!built) return problem ? '' : 'not built yet';
  if (!trace) return formats.amount(built.rows, 'row');
  const found = trace.models.find(({ model }) => model === name);
  if (!found || found.how === 'untraceable') return 'unknown';
  return `${formats.count(found.rows)} of ${formats.count(built.rows)}`;
}

interface Mark {
  readonly icon: LucideIcon;
  readonly word: string;
  readonly look: string;
  readonly why: string;
}

/** The model's most serious problem. */
function useMark(model: Model): Mark | null {
  const formats = useFormats();
  const { built, problem } = model;
  const { data: summary } = useSummary();
  const { data: models } = useModels();
  const { data: checks } = useChecks();
  if (problem) return { icon: CircleX, word: 'failed', look: 'text-bad', why: problem.message };
  const failing = checksOf(model, models ?? [], checks ?? []).filter(({ result }) => result?.passed === false);
  const objecting = failing.map((check) => check.name).join(', ');
  if (failing.some(({ severity }) => severity === 'error')) {
    return {
      icon: CircleX,
      word: formats.amount(failing.length, 'check'),
      look: 'text-bad',
      why: `Fails ${objecting}`,
    };
  }
  if (built && summary?.stale && summary.problem === null) {
    const days = formats.amount(summary.staleDays.length, 'day');
    return { icon: History, word: 'stale', look: 'text-warn', why: `The files of ${days} have changed since` };
  }
  if (failing.length === 0) return null;
  return {
    icon: TriangleAlert,
    word: formats.amount(failing.length, 'check'),
    look: 'text-warn',
    why: `Fails ${objecting}`,
  };
}

/** For screen readers, which can't see the lines. */
function describe(
  { dependsOn, built }: Model,
  readBy: readonly string[],
  mark: Mark | null,
  now: number,
  formats: Formats,
): string {
  const sentences = [
    built ? formats.amount(built.rows, 'row') : 'not built yet',
    built?.changedAt ? `changed ${formats.ago(built.changedAt, now)}` : '',
    mark ? `${mark.word}: ${mark.why}` : '',
    `reads ${dependsOn.join(', ')}`,
    readBy.length > 0 ? `read by ${readBy.join(', ')}` : '',
  ];
  return `${sentences.filter(Boolean).join('; ')}.`;
}
