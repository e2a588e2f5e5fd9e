import { Maximize, ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react';
import { partKeys } from '../../../../../contract/actions';
import type { WaterfallStep } from '../../../../../contract/refresh-summary';
import type { Trace } from '../../../../../contract/trace';
import type { Model } from '../../../../../contract/warehouse';
import { withKeys } from '../../../navigation/shortcut';
import { LayerMark } from '../../../components/badge';
import { Button } from '../../../components/button';
import { Drops } from './drops';
import { Edges } from './edges';
import { FilesNode } from './files-node';
import { layOut, type Band, type LineageLayout } from './layout';
import { ModelNode } from './model-node';
import { isDirection, neighbourOf, relativesOf, type Direction } from './neighbours';
import { useView, type ViewControl } from './use-view';
import { offsetOf, padding, type Size } from './view';

export interface LineageProps {
  readonly models: readonly Model[];
  readonly chosen: Model;
  readonly waterfall: readonly WaterfallStep[];
  /** The trace; null without a subject, or until loaded. */
  readonly trace: Trace | null;
  readonly onChoose: (name: string) => void;
}

const zoomStep = 1.25;
const panStep = 60;
const roles = { bronze: 'as written', silver: 'cleaned', gold: 'measured' } as const;

/** The models and their dependencies from left to right: drag to pan, zoom, and navigate with the arrow keys. */
export function Lineage({ models, chosen, waterfall, trace, onChoose }: LineageProps) {
  const layout = useMemo(() => layOut(models), [models]);
  const frame = useRef<HTMLDivElement>(null);
  const control = useView(frame, layout);
  const relatives = useMemo(() => relativesOf(layout.edges, chosen.name), [layout, chosen.name]);
  const { scale, viewport } = control;
  useRevealed(frame, chosen.name, viewport);

  const walk = (direction: Direction) => {
    const next = neighbourOf(layout, chosen.name, direction);
    if (!next) return;
    onChoose(next.name);
    nodeOf(frame, next.name)?.focus();
  };
  return (
    <nav aria-label="Models" onKeyDown={(event) => onKey(event, control, walk)} className="relative h-full bg-sunken">
      <div
        ref={frame}
        {...control.pointer}
        className="h-full cursor-grab overflow-auto overscroll-contain active:cursor-grabbing"
      >
        {scale !== null && viewport && (
          <div
            className="relative"
            style={{ width: layout.width * scale + 2 * padding, height: layout.height * scale + 2 * padding }}
          >
            <div
              className="absolute origin-top-left"
              style={{
                width: layout.width,
                height: layout.height,
                left: offsetOf(layout.width, scale, viewport.width),
                top: offsetOf(layout.height, scale, viewport.height),
                transform: `scale(${scale})`,
              }}
            >
              <Edges layout={layout} chosen={chosen.name} relatives={relatives} />
              <Drops layout={layout} waterfall={waterfall} trace={trace} />
              {layout.bands.map((band) => (
                <BandOf
                  key={band.layer}
                  band={band}
                  note={trace ? null : noteOf(waterfall.find(({ layer }) => layer === band.layer))}
                  layout={layout}
                  chosen={chosen}
                  trace={trace}
                />
              ))}
            </div>
          </div>
        )}
      </div>
      <ZoomButtons control={control} />
    </nav>
  );
}

const nodeOf = (frame: RefObject<HTMLElement | null>, name: string) =>
  frame.current?.querySelector<HTMLElement>(`[data-model="${CSS.escape(name)}"]`) ?? null;

/** Scrolls the selected model into view, also after a change of size. */
function useRevealed(frame: RefObject<HTMLElement | null>, name: string, viewport: Size | null): void {
  useEffect(() => {
    if (viewport) nodeOf(frame, name)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [frame, name, viewport]);
}

function onKey(event: KeyboardEvent, control: ViewControl, walk: (direction: Direction) => void): void {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  if (isDirection(key)) {
    if (!shiftKey) walk(key);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') control.panBy(key === 'ArrowLeft' ? -panStep : panStep, 0);
    else control.panBy(0, key === 'ArrowUp' ? -panStep : panStep);
  } else if (key === '+' || key === '=') control.zoomBy(zoomStep);
  else if (key === '-') control.zoomBy(1 / zoomStep);
  else if (key === '0') control.fit();
  else return;
  event.preventDefault();
}

interface BandProps {
  readonly band: Band;
  readonly note: string | null;
  readonly layout: LineageLayout;
  readonly chosen: Model;
  readonly trace: Trace | null;
}

/** Metrics are computed from all of silver, so only the line from bronze to silver shows dropped rows. */
function noteOf(step: WaterfallStep | undefined): string | null {
  return step?.layer === 'gold' && step.dropped.length === 0 && step.unexplained === 0 ? 'no rows dropped' : null;
}

function BandOf({ band: { layer, x, width }, note, layout: { nodes, edges }, chosen, trace }: BandProps) {
  const ofLayer = nodes.filter((node) => node.layer === layer);
  return (
    <section aria-label={layer}>
      <h2
        className="absolute top-0 flex h-5 items-center gap-1.5 text-small whitespace-nowrap text-ink-soft"
        style={{ left: x, width }}
      >
        <LayerMark layer={layer} />
        <span className="font-semibold text-ink capitalize">{layer}</span>
        {note === null ? roles[layer] : `${roles[layer]}, ${note}`}
      </h2>
      <ul>
        {ofLayer.map((node) =>
          node.model ? (
            <ModelNode
              key={node.name}
              node={node}
              model={node.model}
              current={node.model === chosen}
              readBy={edges.filter(({ from }) => from === node.name).map(({ to }) => to)}
              trace={trace}
            />
          ) : (
            <FilesNode key={node.name} node={node} />
          ),
        )}
      </ul>
    </section>
  );
}

function ZoomButtons({ control: { scale, zoomBy, fit } }: { control: ViewControl }) {
  return (
    <div
      role="group"
      aria-label="Lineage view"
      className="absolute bottom-3 left-3 flex items-center rounded-medium border border-line bg-surface shadow-raised"
    >
      <ZoomButton icon={ZoomOut} does={partKeys['zoom-out']} onClick={() => zoomBy(1 / zoomStep)} />
      <span role="status" aria-label="Zoom" className="w-10 text-center text-small text-ink-soft">
        {scale === null ? '' : `${Math.round(scale * 100)}%`}
      </span>
      <ZoomButton icon={ZoomIn} does={partKeys['zoom-in']} onClick={() => zoomBy(zoomStep)} />
      <ZoomButton icon={Maximize} does={partKeys['show-lineage']} onClick={fit} />
    </div>
  );
}

interface ZoomButtonProps {
  readonly icon: LucideIcon;
  readonly does: { readonly title: string; readonly keys: string };
  readonly onClick: () => void;
}

function ZoomButton({ icon, does, onClick }: ZoomButtonProps) {
  return <Button look="quiet" icon={icon} aria-label={does.title} {...withKeys(does)} onClick={onClick} />;
}
