import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tool } from '../tools';

/** What stands in for an image: programs of this machine, laid out as the image has them. */
export interface LocalImage {
  /** What runs where the container says no `command`. */
  readonly entrypoint: readonly string[];
  /** What it runs where the container says no `args`. */
  readonly arguments?: readonly string[];
  /** Primary group of its user. */
  readonly group: number;
  /** The signal that asks it to stop. */
  readonly stopSignal?: NodeJS.Signals;
  /** Whether busybox is all it has. */
  readonly isBusybox?: boolean;
  /** Its own files, by path. Those that begin with "#!" can be executed. */
  readonly files?: Readonly<Record<string, string>>;
  /** Directories and programs of this machine that the image has at other paths: theirs here, by theirs there. */
  readonly copies?: Readonly<Record<string, string>>;
}

/** Lays the root file system of an image out in a folder, and gives the mounts that complete it. */
export function layOut(image: LocalImage, root: string, hosts: Readonly<Record<string, string>>): string[] {
  for (const directory of ['proc', 'dev', 'etc', 'tmp']) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  const names = Object.entries({ localhost: '127.0.0.1', ...hosts }).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(join(root, 'etc/hosts'), names.join(''));
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\n');
  for (const [path, source] of Object.entries(image.copies ?? {})) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(source, join(root, path), { recursive: true, dereference: true });
  }
  for (const [path, text] of Object.entries(image.files ?? {})) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), text.startsWith('#!') ? 0o755 : 0o644);
  }
  return image.isBusybox ? busybox(root) : debian(root);
}

function debian(root: string): string[] {
  for (const directory of ['bin', 'sbin', 'lib', 'lib64']) {
    symlinkSync(`usr/${directory}`, join(root, directory));
  }
  mkdirSync(join(root, 'usr'));
  return ['--ro-bind', '/usr', '/usr'];
}

/** A container of busybox has no other tools; only the libraries of this machine's busybox come along. */
function busybox(root: string): string[] {
  for (const directory of ['bin', 'lib', 'lib64']) {
    mkdirSync(join(root, directory));
  }
  copyFileSync(tool('busybox'), join(root, 'bin/busybox'));
  spawnSync(join(root, 'bin/busybox'), ['--install', '-s', join(root, 'bin')]);
  const applets = spawnSync(tool('busybox'), ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n');
  for (const applet of applets.filter((name) => name !== 'busybox')) {
    spawnSync('ln', ['-sf', 'busybox', join(root, 'bin', applet)]);
  }
  return ['--ro-bind', '/usr/lib', '/lib', '--ro-bind', '/usr/lib64', '/lib64'];
}
