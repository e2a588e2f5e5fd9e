import { ChevronRight, CircleX } from 'lucide-react';
import { hrefTo } from '../../app/route';
import { layers, type Layer, type Model } from '../../../../contract/warehouse';
import { LayerMark } from '../../components/badge';
import { classNames } from '../../components/class-names';
import { formatAmount } from '../../format/numbers';

const roles: Record<Layer, string> = { bronze: 'as written', silver: 'cleaned', gold: 'measured' };

/** The models from left to right, the way the data goes. */
export function Flow({ models, chosen }: { models: readonly Model[]; chosen: Model }) {
  return (
    <nav aria-label="Models" className="flex shrink-0 items-stretch">
      {layers.map((layer, index) => (
        <section key={layer} aria-label={layer} className="flex min-w-0 flex-1 items-center">
          {index > 0 && <ChevronRight size={18} aria-hidden className="mt-5 shrink-0 text-ink-faint" />}
          <div className="min-w-0 flex-1 self-start">
            <h2 className="mb-1.5 flex items-center gap-1.5 px-1 text-small text-ink-soft">
              <LayerMark layer={layer} />
              <span className="font-semibold text-ink capitalize">{layer}</span>
              {roles[layer]}
            </h2>
            <ul className="flex max-h-36 flex-col gap-1.5 overflow-y-auto p-px">
              {models
                .filter((model) => model.layer === layer)
                .map((model) => (
                  <ModelLink key={model.name} model={model} current={model === chosen} />
                ))}
            </ul>
          </div>
        </section>
      ))}
    </nav>
  );
}

function ModelLink({ model: { name, built, problem }, current }: { model: Model; current: boolean }) {
  return (
    <li>
      <a
        href={hrefTo('layers', name)}
        aria-current={current ? 'true' : undefined}
        aria-label={name}
        draggable={false}
        title={name}
        className={classNames(
          'block rounded-medium border bg-surface px-3 py-2 shadow-raised transition-colors',
          current ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-line-strong',
        )}
      >
        <span className="block truncate leading-4.5 font-medium">{name}</span>
        <span className="block text-small text-ink-soft tabular-nums">
          {built ? formatAmount(built.rows, 'row') : 'not built yet'}
          {problem && (
            <span className="ml-2 font-medium text-bad">
              <CircleX size={12} aria-hidden className="mr-1 inline align-[-2px]" />
              failed
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
