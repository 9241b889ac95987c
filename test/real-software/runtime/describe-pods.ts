import { spawnSync } from 'node:child_process';
import { requireTools, tool } from '../tools';
import { RunningPod } from './pod';

/** What the runtime itself runs. */
const PROGRAMS = ['unshare', 'nsenter', 'setpriv', 'bwrap', 'curl', 'ip'];

/** Tests that run pods. They are skipped, which is said, where this machine cannot run any; missing programs are an error. */
export function describePods(name: string, programs: readonly string[], tests: () => void): void {
  const reason = whyNotHere();
  if (reason) {
    process.stderr.write(`SKIPPED: ${name}. Pods run here only ${reason}.\n`); // jest shows no console of a skipped file
  }
  (reason ? describe.skip : describe)(name, () => {
    beforeAll(() => requireTools(...PROGRAMS, ...programs));
    afterEach(() => RunningPod.killAll());
    tests();
  });
}

function whyNotHere(): string | undefined {
  if (process.platform !== 'linux') {
    return 'on Linux';
  }
  if (process.getuid?.() !== 0) {
    return 'as root: `sudo env "PATH=$PATH" npm run test:software`';
  }
  const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', 'true'];
  const options = ['--net', '--pid', '--mount', '--ipc', '--fork', ...nobody];
  const { status, stderr } = spawnSync(tool('unshare') || 'unshare', options, { encoding: 'utf8' });
  return status ? `where root may make namespaces and become any user (${stderr.trim()})` : undefined;
}

/** The same manifests with other words in their texts. Fails where there are no such words. */
export function edited(manifests: readonly any[], changes: Readonly<Record<string, string>>): any[] {
  const text = Object.entries(changes).reduce((json, [from, to]) => {
    if (!json.includes(from)) {
      throw new Error(`no manifest says "${from}"`);
    }
    return json.replaceAll(from, to);
  }, JSON.stringify(manifests));
  return JSON.parse(text);
}
