import { FIND_PROCESS, isProcessName } from '../../src/private/processes';

test.each(['nginx', 'php-fpm8.3', 'a', 'x'.repeat(15), 'g++'])('"%s" can be the name of a process', (name) => {
  expect(isProcessName(name)).toBe(true);
});

test.each(['', 'x'.repeat(16), '/usr/sbin/nginx', 'my app', "a'b", '$(id)'])('"%s" is no name of a process', (name) => {
  expect(isProcessName(name)).toBe(false);
});

test('a process is found by its name, zombies and this one passed over', () => {
  expect(FIND_PROCESS).toContain('sed -n "s/ ($PROCESS) \\([^Z] \\)/ \\1/p"');
  expect(FIND_PROCESS).toContain('grep -v "^$$ "');
});
