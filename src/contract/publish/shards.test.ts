import { describe, expect, it, test } from 'vitest';
import { parseLocation } from './location';
import { describeShards } from './shards';

describe('a location', () => {
  it.each([
    ['/mnt/share/events', { kind: 'folder', folder: '/mnt/share/events' }],
    [' /mnt/a b ', { kind: 'folder', folder: '/mnt/a b' }],
    [String.raw`C:\share`, { kind: 'folder', folder: String.raw`C:\share` }],
    [String.raw`\\server\share`, { kind: 'folder', folder: String.raw`\\server\share` }],
    ['s3://lake', { kind: 's3', bucket: 'lake', prefix: '' }],
    ['s3://lake/', { kind: 's3', bucket: 'lake', prefix: '' }],
    ['s3://my.lake-1/team a/events/', { kind: 's3', bucket: 'my.lake-1', prefix: 'team a/events' }],
  ])('is %j', (text, location) => expect(parseLocation(text)).toEqual(location));

  it.each(['', '.', 'share', '~/share', 's3:/lake', 's3://', 's3://Lake', 's3://a/b', 's3://lake/a//b', 's3://lake/../x', 's3://lake/a\nb', 'S3://lake', 'gs://lake', 'https://lake.example', `s3://lake/${'x'.repeat(900)}`])(
    'is not %j', (text) => expect(parseLocation(text)).toBeNull()); // prettier-ignore
});

test('shards are named in words', () => {
  expect(describeShards([3])).toBe('Shard 3');
  expect(describeShards([1, 2])).toBe('Shards 1 and 2');
  expect(describeShards([1, 2, 5])).toBe('Shards 1, 2 and 5');
  expect(describeShards(Array.from({ length: 12 }, (_, index) => index + 1))).toBe('Shards 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more'); // prettier-ignore
});
