import { describe, expect, test } from 'vitest';
import type { Layer, Model } from '../../../../../contract/warehouse';
import { layOut, nodeHeight, nodeWidth, type LineageNode } from './layout';
import { neighbourOf, relativesOf } from './neighbours';
import { fittingScale, heldScroll, zoomedScale } from './view';

function model(name: string, layer: Layer, ...dependsOn: string[]): Model {
  return {
    name,
    layer,
    dependsOn,
    kind: 'view',
    grain: '',
    summary: '',
    columns: [],
    sql: '',
    trinoSql: null,
    period: null,
    origin: 'shipped',
    problem: null,
    built: null,
    onCluster: null,
  };
}

/** As the shipped models stand: some of silver and gold read others of their own layer. */
const models = [
  model('bronze_events', 'bronze', 'data/events'),
  model('silver_events', 'silver', 'bronze_events'),
  model('silver_purchases', 'silver', 'silver_events'),
  model('gold_daily', 'gold', 'silver_events'),
  model('gold_revenue', 'gold', 'silver_purchases'),
  model('gold_weekly', 'gold', 'silver_events', 'gold_daily'),
  ...['a', 'b', 'c', 'd'].map((name) => model(`gold_${name}`, 'gold', 'silver_events')),
];
const layout = layOut(models);
const at = (name: string): LineageNode => {
  const node = layout.nodes.find((candidate) => candidate.name === name);
  if (!node) throw new Error(`There is no ${name}.`);
  return node;
};

describe('the lineage', () => {
  test('has files, bronze, silver and gold from left to right, and every dependency as an edge', () => {
    expect(at('silver_events').x).toBeGreaterThan(at('bronze_events').x + nodeWidth);
    expect(at('gold_daily').x).toBeGreaterThan(at('silver_purchases').x + nodeWidth);
    expect(at('data/events')).toMatchObject({ layer: 'bronze', model: null });
    expect(layout.edges.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual(
      models.flatMap(({ name, dependsOn }) => dependsOn.map((source) => `${source} ${name}`)).toSorted(),
    );
  });

  test('has what reads another of the same layer right below it, further in', () => {
    expect(at('gold_weekly').x).toBeGreaterThan(at('gold_daily').x);
    const below = layout.nodes.filter(({ y, layer }) => layer === 'gold' && y > at('gold_daily').y);
    expect(below.toSorted((a, b) => a.y - b.y).find(({ x }) => x < at('gold_daily').x + nodeWidth)?.name).toBe(
      'gold_weekly',
    );
  });

  test('lets no two nodes touch, with however many metrics', () => {
    const many = layOut([
      ...models,
      ...Array.from({ length: 40 }, (_, n) => model(`gold_own_${n}`, 'gold', 'silver_events')),
    ]);
    for (const [index, node] of many.nodes.entries()) {
      for (const other of many.nodes.slice(index + 1)) {
        const apart = Math.abs(node.x - other.x) >= nodeWidth || Math.abs(node.y - other.y) >= nodeHeight;
        expect(apart, `${node.name} and ${other.name}`).toBe(true);
      }
      expect(node.x + nodeWidth).toBeLessThanOrEqual(many.width);
      expect(node.y + nodeHeight).toBeLessThanOrEqual(many.height);
    }
  });

  test('lets no line that ends run on as if it were another that begins at the same height', () => {
    const ends = layout.edges.filter(({ to }) => at(to).layer === 'gold').map(({ end }) => end[1]);
    const begins = layout.nodes.filter(({ layer }) => layer === 'silver').map(({ y }) => y + nodeHeight / 2);
    expect(begins.filter((y) => ends.some((end) => Math.abs(end - y) < 4))).toEqual([]);
  });
});

describe('the arrow keys', () => {
  test('lead along the edges, and up and down within a layer', () => {
    expect(neighbourOf(layout, 'bronze_events', 'ArrowRight')?.name).toBe('silver_events');
    expect(neighbourOf(layout, 'gold_revenue', 'ArrowLeft')?.name).toBe('silver_purchases');
    expect(neighbourOf(layout, 'silver_events', 'ArrowDown')?.name).toBe('silver_purchases');
    expect(neighbourOf(layout, 'silver_purchases', 'ArrowUp')?.name).toBe('silver_events');
  });

  test('lead nowhere at the ends', () => {
    expect(neighbourOf(layout, 'bronze_events', 'ArrowLeft')).toBeNull();
    expect(neighbourOf(layout, 'bronze_events', 'ArrowUp')).toBeNull();
  });

  test('reach every model from the first', () => {
    const seen = new Set(['bronze_events']);
    for (const name of seen) {
      for (const direction of ['ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowLeft'] as const) {
        const next = neighbourOf(layout, name, direction);
        if (next) seen.add(next.name);
      }
    }
    expect([...seen].toSorted()).toEqual(models.map(({ name }) => name).toSorted());
  });
});

test('relatives are what a model is made of and what is made of it, near and far', () => {
  const { sources, readers } = relativesOf(layout.edges, 'silver_purchases');
  expect([...sources]).toEqual(['silver_purchases', 'silver_events', 'bronze_events', 'data/events']);
  expect([...readers]).toEqual(['silver_purchases', 'gold_revenue']);
});

describe('zooming', () => {
  test('holds what is under the pointer', () => {
    const axis = { length: 1_000, viewport: 400, scroll: 120, place: 100 };
    const scroll = heldScroll(axis, 1, 1.5);
    const point = (scrolled: number, scale: number) => (scrolled + axis.place - 16) / scale;
    expect(point(scroll, 1.5)).toBeCloseTo(point(axis.scroll, 1));
  });

  test('goes neither too far nor too near, and never enlarges what fits', () => {
    expect(zoomedScale(1.9, 2)).toBe(2);
    expect(zoomedScale(0.4, 0.1)).toBe(0.3);
    expect(fittingScale({ width: 100, height: 100 }, { width: 1_000, height: 1_000 })).toBe(1);
    expect(fittingScale({ width: 1_936, height: 100 }, { width: 1_000, height: 1_000 })).toBe(0.5);
  });
});
