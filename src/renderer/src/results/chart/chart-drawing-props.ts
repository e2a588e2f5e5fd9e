import type { ChartData, ChartKind } from '../../../../contract/result-work';

/** Titles of the axes. */
export interface AxisTitles {
  readonly x: string;
  readonly y: string;
}

/** A place of a chart that the user has chosen, as in its data. */
export interface ChosenPlace {
  readonly x: number;
  readonly at: { readonly x: number; readonly y: number };
}

export interface ChartDrawingProps {
  readonly kind: ChartKind;
  readonly data: ChartData;
  /** Whether the series are on top of each other. */
  readonly stacked: boolean;
  readonly label: string;
  readonly titles: AxisTitles;
  readonly onPick: (place: ChosenPlace) => void;
}
