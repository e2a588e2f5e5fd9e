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
import { checksOf, failingOf } from '../../../refresh/checks-of';
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

/** A model in the lineage: its rows, its last change, and its problems. */
export function ModelNode({ node: { x, y }, model, current, readBy, trace }: ModelNodeProps) {
  const formats = useFormats();
  const { name } = model;
  const built = model.built ?? model.onCluster;
  const marks = useMarks(model);
  const now = useNow(wallClock, minute);
  const untouched = trace !== null && !trace.models.some(({ model: traced, rows }) => traced === name && rows > 0);
  return (
    <li className="absolute" style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}>
      <a
        href={hrefTo('layers', name)}
        data-model={name}
        aria-current={current ? 'true' : undefined}
        aria-label={name}
        aria-description={describe(model, readBy, marks, now, formats)}
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
          {marks.map(({ icon: Icon, word, look, why }, index) => (
            <span key={word} className={classNames('inline-flex items-center gap-1 font-medium', look)} title={why}>
              <Icon size={12} aria-hidden />
              <span className={index < marks.length - 1 ? 'sr-only' : undefined}>{word}</span>
            </span>
          ))}
          {marks.length === 0 && built?.changedAt && (
            <span className="text-ink-faint">{formatAge(built.changedAt, now)}</span>
          )}
        </span>
      </a>
    </li>
  );
}

/** The number of rows; during a trace, those of the subject. */
function rowsOf({ name, built: here, onCluster, problem }: Model, trace: Trace | null, formats: Formats): string {
  const built = here ?? onCluster;
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

/** The model's problems, the one worth a word last. */
function useMarks(model: Model): readonly Mark[] {
  const formats = useFormats();
  const { built, problem } = model;
  const { data: summary } = useSummary();
  const { data: models } = useModels();
  const { data: checks } = useChecks();
  if (problem) return [{ icon: CircleX, word: 'failed', look: 'text-bad', why: problem.message }];
  const { failing, anyError } = failingOf(checksOf(model, models ?? [], checks ?? []));
  const marks: Mark[] = [];
  if (built && summary?.stale && summary.problem === null) {
    const days = formats.amount(summary.staleDays.length, 'day');
    marks.push({ icon: History, word: 'stale', look: 'text-warn', why: `The files of ${days} have changed since` });
  }
  if (failing.length > 0) {
    marks.push({
      icon: anyError ? CircleX : TriangleAlert,
      word: formats.amount(failing.length, 'check'),
      look: anyError ? 'text-bad' : 'text-warn',
      why: `Fails ${failing.map((check) => check.name).join(', ')}`,
    });
  }
  return marks;
}

/** For screen readers, which can't see the lines. */
function describe(
  { dependsOn, built: here, onCluster }: Model,
  readBy: readonly string[],
  marks: readonly Mark[],
  now: number,
  formats: Formats,
): string {
  const built = here ?? onCluster;
  const sentences = [
    built ? formats.amount(built.rows, 'row') : 'not built yet',
    built?.changedAt ? `changed ${formats.ago(built.changedAt, now)}` : '',
    ...marks.map(({ word, why }) => `${word}: ${why}`),
    `reads ${dependsOn.join(', ')}`,
    readBy.length > 0 ? `read by ${readBy.join(', ')}` : '',
  ];
  return `${sentences.filter(Boolean).join('; ')}.`;
}
