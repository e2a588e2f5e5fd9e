import { layers, type Layer, type Model } from '../../../../../contract/warehouse';

/** Sizes in pixels at scale 1. */
export const nodeWidth = 224;
export const nodeHeight = 46;
export const headerHeight = 30;
const rowHeight = nodeHeight + 10;
const indent = 16;
/** The space between bronze and silver shows dropped rows. */
const bandGaps: Record<Layer, number> = { bronze: 0, silver: 100, gold: 68 };
const columnGap = 24;
/** A band with more rows than this continues in a second column. */
const mostRows = 5;
const firstBus = 16;
const busStep = 10;

/** A model, or the source files. */
export interface LineageNode {
  readonly name: string;
  readonly layer: Layer;
  /** Null for files. */
  readonly model: Model | null;
  readonly x: number;
  readonly y: number;
}

export type Point = readonly [x: number, y: number];

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** As SVG path data. */
  readonly path: string;
  /** Its end, at the left of the reader. */
  readonly end: Point;
}

export interface Band {
  readonly layer: Layer;
  readonly x: number;
  readonly width: number;
}

export interface LineageLayout {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly bands: readonly Band[];
  readonly width: number;
  readonly height: number;
}

interface Item {
  readonly name: string;
  readonly layer: Layer;
  readonly model: Model | null;
  readonly dependsOn: readonly string[];
}

/**
 * Places the models from left to right in the direction of the data: one band per layer; within a band, a model is
 * further right than those of the same layer that it reads. Every other column of a band is shifted down by half a row,
 * so that lines pass between the models of the previous column.
 */
export function layOut(models: readonly Model[]): LineageLayout {
  const items = withFiles(models);
  const nodes: LineageNode[] = [];
  const bands: Band[] = [];
  let right = 0;
  for (const layer of layers) {
    const ofLayer = items.filter((item) => item.layer === layer);
    if (ofLayer.length === 0) continue;
    const x = bands.length === 0 ? 0 : right + bandGaps[layer];
    const placed = placeBand(ofLayer, x, topOf(ofLayer, nodes));
    right = Math.max(...placed.map((node) => node.x + nodeWidth));
    bands.push({ layer, x, width: right - x });
    nodes.push(...placed);
  }
  const height = Math.max(headerHeight, ...nodes.map(({ y }) => y + nodeHeight));
  return { nodes, edges: edgesOf(items, nodes, bands), bands, width: right, height };
}

/** Sources that are not models are placed at the start of the first layer. */
function withFiles(models: readonly Model[]): Item[] {
  const names = new Set(models.map(({ name }) => name));
  const files = [...new Set(models.flatMap(({ dependsOn }) => dependsOn.filter((name) => !names.has(name))))];
  return [
    ...files.map((name): Item => ({ name, layer: 'bronze', model: null, dependsOn: [] })),
    ...models.map((model): Item => ({ name: model.name, layer: model.layer, model, dependsOn: model.dependsOn })),
  ];
}

/**
 * Start of a band. After a layer with a single model it is level with that model, so that the line is straight;
 * otherwise slightly lower than the previous band, so that lines don't appear to join.
 */
function topOf(band: readonly Item[], before: readonly LineageNode[]): number {
  const sources = before.filter(({ model }) => model !== null);
  const only = sources.length === 1 ? sources[0] : undefined;
  if (only && band[0]?.dependsOn.includes(only.name)) return only.y;
  return headerHeight + (before.length > 0 ? rowHeight / 4 : 0);
}

function placeBand(band: readonly Item[], left: number, top: number): LineageNode[] {
  const depths = depthsOf(band);
  const nodes: LineageNode[] = [];
  const groups = groupsOf(band);
  const perColumn = Math.max(mostRows, Math.ceil(band.length / 2));
  let [x, column, row, right] = [left, 0, 0, left];
  for (const group of groups) {
    if (row > 0 && row + group.length > perColumn) {
      [x, column, row] = [right + columnGap, column + 1, 0];
    }
    for (const { name, layer, model } of group) {
      const node = {
        name,
        layer,
        model,
        x: x + (depths.get(name) ?? 0) * indent,
        y: top + row * rowHeight + (column % 2) * (rowHeight / 2),
      };
      nodes.push(node);
      right = Math.max(right, node.x + nodeWidth);
      row += 1;
    }
  }
  return nodes;
}

/** The longest chain of dependencies of each model within its layer. */
function depthsOf(band: readonly Item[]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { name, dependsOn } of band) {
    const before = dependsOn.flatMap((other) => depths.get(other) ?? []);
    depths.set(name, before.length > 0 ? Math.max(...before) + 1 : 0);
  }
  return depths;
}

/** Keeps dependent models of a band together, in their order. */
function groupsOf(band: readonly Item[]): Item[][] {
  let groups: Item[][] = [];
  for (const item of band) {
    const related = groups.filter((group) => group.some(({ name }) => item.dependsOn.includes(name)));
    groups = [...groups.filter((group) => !related.includes(group)), [...related.flat(), item]];
  }
  const place = (group: readonly Item[]) => Math.min(...group.map((item) => band.indexOf(item)));
  return groups.toSorted((a, b) => place(a) - place(b));
}

function edgesOf(items: readonly Item[], nodes: readonly LineageNode[], bands: readonly Band[]): LineageEdge[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return items.flatMap(({ name, dependsOn }) =>
    dependsOn.flatMap((source) => {
      const [from, to] = [byName.get(source), byName.get(name)];
      if (!from || !to) return [];
      const end: Point = [to.x, to.y + nodeHeight / 2];
      return [{ from: source, to: name, path: pathBetween(from, to, nodes, bands), end }];
    }),
  );
}

function pathBetween(
  from: LineageNode,
  to: LineageNode,
  nodes: readonly LineageNode[],
  bands: readonly Band[],
): string {
  const [startY, endY] = [from.y + nodeHeight / 2, to.y + nodeHeight / 2];
  if (from.layer === to.layer && from.x < to.x && from.y < to.y) {
    return corner([from.x + indent / 2, from.y + nodeHeight], [to.x, endY]);
  }
  const band = bands.find(({ layer }) => layer === from.layer);
  const lane = nodes.filter(({ layer }) => layer === from.layer).indexOf(from);
  const bus = (band ? band.x + band.width : from.x + nodeWidth) + firstBus + lane * busStep;
  return detour([from.x + nodeWidth, startY], bus, [to.x, endY]);
}

const radius = 6;

/** Down, then right. */
function corner([x, y]: Point, [endX, endY]: Point): string {
  return `M${x},${y} V${endY - radius} Q${x},${endY} ${x + radius},${endY} H${endX}`;
}

/** Right to the bus, along it up or down, and right again. */
function detour([x, y]: Point, bus: number, [endX, endY]: Point): string {
  if (Math.abs(endY - y) < 1) return `M${x},${y} H${endX}`;
  const bend = Math.min(radius, Math.abs(endY - y) / 2) * Math.sign(endY - y);
  const turn = Math.abs(bend);
  return `M${x},${y} H${bus - turn} Q${bus},${y} ${bus},${y + bend} V${endY - bend} Q${bus},${endY} ${bus + turn},${endY} H${endX}`;
}
