import { describe, expect, it } from 'vitest';
import { hrefTo, parseRoute } from './route';

describe('parseRoute', () => {
  it('reads what hrefTo writes', () => {
    expect(parseRoute(hrefTo('layers', 'a/b %'))).toEqual({ page: 'layers', item: 'a/b %' });
    expect(parseRoute(hrefTo('console'))).toEqual({ page: 'console', item: null });
  });

  it('takes anything else for no page', () => {
    expect(parseRoute('')).toEqual({ page: '', item: null });
    expect(parseRoute('#elsewhere')).toEqual({ page: '', item: null });
    expect(parseRoute('#/layers/%')).toEqual({ page: 'layers', item: '%' });
  });
});
