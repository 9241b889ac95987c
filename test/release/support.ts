import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** What an expression with the exports of a module of tools/ gives. Tools are ES modules, which these tests are not. */
export function ask<T = any>(module: string, expression: string): T {
  const code = `Object.assign(globalThis, await import(${JSON.stringify(join(ROOT, 'tools', module))}));
console.log(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync('node', ['--input-type=module', '-e', code], { encoding: 'utf8' }));
}

/** Runs git as somebody, in a folder. */
export function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
}
