import type { ReactNode, RefObject } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { modelTitle } from '../../format/model-title';

interface ChartRegionProps {
  readonly metric: Model;
  /** Measured by `useWidth`. */
  readonly element: RefObject<HTMLDivElement | null>;
  /** In pixels; 0 until it is measured. */
  readonly width: number;
  readonly children: ReactNode;
}

/** The part of a page that scrolls a chart without a time axis, which is as high as its data. */
export function ChartRegion({ metric, element, width, children }: ChartRegionProps) {
  return (
    <div
      ref={element}
      tabIndex={0}
      role="region"
      aria-label={`Chart of ${modelTitle(metric)}`}
      className="min-h-0 flex-1 overflow-auto"
    >
      {width > 0 && children}
    </div>
  );
}
