import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
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
  /** Environment variables that it sets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Its own files, by path. Those that begin with "#!" can be executed. */
  readonly files?: Readonly<Record<string, string>>;
  /** Symbolic links, by path: where they lead, or the program of this machine that the image has there. */
  readonly links?: Readonly<Record<string, string>>;
}

/** Lays the root file system of an image out in a folder, and gives the mounts that complete it. */
export function layOut(image: LocalImage, root: string, hosts: Readonly<Record<string, string>>): string[] {
  for (const directory of ['proc', 'dev', 'etc', 'tmp', 'usr']) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  const names = Object.entries({ localhost: '127.0.0.1', ...hosts }).map(([name, address]) => `${address} ${name}\n`);
  const system = {
    '/etc/hosts': names.join(''),
    '/etc/passwd': 'root:x:0:0::/:/bin/sh\n',
    '/etc/resolv.conf': 'nameserver 127.0.0.53\n', // where nobody answers
  };
  for (const [path, text] of Object.entries({ ...system, ...image.files })) {
    writeFileSync(place(root, path), text);
    chmodSync(join(root, path), text.startsWith('#!') ? 0o755 : 0o644);
  }
  for (const [path, target] of Object.entries(image.links ?? {})) {
    symlinkSync(target, place(root, path));
  }
  return image.isBusybox ? busybox(root) : debian(root);
}

function place(root: string, path: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  return join(root, path);
}

function debian(root: string): string[] {
  for (const directory of ['bin', 'sbin', 'lib', 'lib64']) {
    symlinkSync(`usr/${directory}`, join(root, directory));
  }
  const directories = ['bin', 'sbin', 'lib', 'lib64', 'libexec', 'share'].map((name) => `/usr/${name}`);
  return directories.filter(existsSync).flatMap((directory) => ['--ro-bind', directory, directory]);
}

/** A container of busybox has no other tools; only the libraries of this machine's busybox come along. */
function busybox(root: string): string[] {
  copyFileSync(tool('busybox'), place(root, '/bin/busybox'));
  const applets = spawnSync(tool('busybox'), ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n');
  for (const applet of applets.filter((name) => name !== 'busybox')) {
    symlinkSync('busybox', join(root, 'bin', applet));
  }
  return ['lib', 'lib64'].flatMap((directory) => ['--ro-bind', `/usr/${directory}`, `/${directory}`]);
}
