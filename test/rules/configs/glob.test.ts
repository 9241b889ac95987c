import { directoryOf, matchesPath, matchesText } from '../../../src/rules/configs/glob';

describe('a pattern', () => {
  test.each([
    ['/var/log/*.log', '/var/log/app.log', true],
    ['/var/log/*.log', '/var/log/app/app.log', false],
    ['/var/log/**/*.log', '/var/log/shop/app.log', true],
    ['/var/log/app.?', '/var/log/app.1', true],
    ['/var/log/app.[0-9]', '/var/log/app.7', true],
    ['/var/log/app.[!0-9]', '/var/log/app.7', false],
    ['/var//log/a', '/var/log/a', true],
    ['/var/log/[z-a]', '/var/log/b', false],
    ['/var/log/a(b).log', '/var/log/a(b).log', true],
  ])('%s and the path %s', (pattern, path, isMatch) => {
    expect(matchesPath(pattern, path)).toBe(isMatch);
  });

  test('takes any letters where it is matched with a text', () => {
    expect(matchesText('*.gz', '/var/log/app.gz')).toBe(true);
    expect(matchesText('app*', 'web')).toBe(false);
    expect(matchesText('app', 'apps')).toBe(false);
  });

  test('of many wildcards is quickly done', () => {
    expect(matchesText('*a'.repeat(1000), `${'a'.repeat(2000)}b`)).toBe(false);
  });

  test.each([
    ['/var/log/app.log', '/var/log', false],
    ['/var/log/app*.log', '/var/log', false],
    ['/var/log/*/app.log', '/var/log', true],
    ['/*', '/', false],
  ])('%s lies in %s', (pattern, directory, isDeep) => {
    expect(directoryOf(pattern)).toEqual({ directory, isDeep });
  });
});
