import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Outcome } from '../../../src/rules/command/check';
import { runCommand } from '../../../src/rules/command/main';
import type { Verdict } from '../../../src/rules/command/verdict';
import { Severity } from '../../../src/rules/finding';
import { listObjectViews } from '../../../src/rules/model/object-view';
import type { Omission } from '../../../src/rules/omission';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder with these files, until the tests of the module are over. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pod-rules-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A stream that keeps what is written to it. */
export class Kept extends Writable {
  public text = '';
  public readonly isTTY?: boolean;

  public constructor(isTTY = false) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  public override _write(piece: string, _: string, done: () => void): void {
    this.text += piece;
    done();
  }
}

/** What a call is connected with, in a test. */
export function terminal({
  input = '',
  isTTY = false,
  env = {},
}: {
  input?: string;
  isTTY?: boolean;
  env?: object;
} = {}) {
  const stdin = Object.assign(Readable.from([Buffer.from(input)]), { isTTY });
  return { stdin, stdout: new Kept(isTTY), stderr: new Kept(isTTY), env: { ...env } };
}

/** A call of the command with this on standard input. */
export async function call(args: readonly string[], input = '') {
  const connected = terminal({ input });
  const code = await runCommand(args, connected);
  return { code, out: connected.stdout.text, err: connected.stderr.text };
}

export const FINDING: Verdict = {
  rule: 'unknown-field',
  severity: Severity.ERROR,
  message: 'Container has no field "port"',
  fix: 'write `ports`',
  path: 'spec.containers[0].port',
  kind: 'Pod',
  name: 'web',
  namespace: 'shop',
  file: 'web.yaml',
  line: 9,
};

export const SUPPRESSED: Verdict = {
  ...FINDING,
  rule: 'image-tag',
  line: 12,
  suppressedBecause: 'a test image',
  suppressedBy: 'annotation',
};

/** So many objects that were checked. */
export function checkedOf(count: number) {
  const pod = { apiVersion: 'v1', kind: 'Pod' };
  return Array.from({ length: count }, (_, index) =>
    listObjectViews({ ...pod, metadata: { name: `pod-${index}` } }, { file: 'pods.yaml' }),
  ).flat();
}

export const OMISSION: Omission = {
  reason: 'a patch; check the rest',
  kind: 'Deployment',
  name: 'web',
  file: 'patch.yaml',
  line: 3,
};

/** An outcome with these parts. */
export function outcomeOf(parts: Partial<Outcome>): Outcome {
  return {
    findings: [],
    suppressed: [],
    omissions: [],
    all: parts.findings ?? [],
    failOn: Severity.INFO,
    checked: checkedOf(1),
    passedOver: 0,
    leftOut: 0,
    unusable: [],
    findText: () => undefined,
    ...parts,
  };
}
