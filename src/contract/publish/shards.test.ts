import { execFileSync } from 'node:child_process';
import { describe, expect, it, test } from 'vitest';
import { parseLocation } from './location';
import { describeShards, shardCommands } from './shards';

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

test('a shell passes the words of a command on as they are', () => {
  const line = 'mw1 realistic rows=10 launch=2024-03-01*1.5 churn=2024-02@2024-09-01';
  for (const location of ['/mnt/share', '/mnt/my share', `/mnt/it's`, '/mnt/$HOME `id` "x" !y', String.raw`/mnt/a\b`, 's3://lake/a;b&c']) {
    const [first = '', second = ''] = shardCommands(line, 2, location);
    expect(second).toContain('--shard 2/2');
    const words = execFileSync('sh', ['-c', first.replace('micro-warehouse', String.raw`printf '%s\n'`)], { encoding: 'utf8' });
    expect(words.split('\n').slice(0, -1)).toEqual(['generate', '--recipe', line, '--shard', '1/2', '--publish', location]);
  }
  expect(shardCommands(line, 3, ' ')).toHaveLength(3);
}); // prettier-ignore

test('shards are named in words', () => {
  expect(describeShards([3])).toBe('Shard 3');
  expect(describeShards([1, 2])).toBe('Shards 1 and 2');
  expect(describeShards([1, 2, 5])).toBe('Shards 1, 2 and 5');
  expect(describeShards(Array.from({ length: 12 }, (_, index) => index + 1))).toBe('Shards 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more'); // prettier-ignore
});
