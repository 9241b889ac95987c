import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { CopyFiles, type CopyFilesProps, MultiContainerPod } from '../../../src';
import { describeCompanion } from '../../contract';
import { container, newChart, newDeployment, podSpec } from '../../support';

const SITE: CopyFilesProps = { image: 'acme/site:3.0.0', user: 1000, sourceDirectory: '/site', directory: '/srv/www' };

describeCompanion('CopyFiles', {
  make: () => new CopyFiles(SITE),
  containers: ['copy-files'],
  classic: false,
  mebibytes: 64,
  copy: {
    props: () => ({ ...SITE, resources: { memory: { limit: Size.mebibytes(32) } } }),
    from: (props) => new CopyFiles(props),
  },
});

function copy(props: Partial<CopyFilesProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'indexer', image: 'acme/indexer:1.0.0', user: 77 });
  pod.add(new CopyFiles({ ...SITE, ...props }));
  return { chart, pod };
}

const mounts = (chart: any, name: string) => container(chart, name).volumeMounts;

describe('files of an image', () => {
  test('are copied to a volume, which the main container reads', () => {
    const { chart } = copy();
    expect(container(chart, 'copy-files')).toMatchObject({
      image: 'acme/site:3.0.0',
      command: ['cp', '-Rf', '/site/.', '/copy-files'],
      securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
      volumeMounts: [{ mountPath: '/copy-files', name: 'copy-files' }],
    });
    expect(mounts(chart, 'app')).toEqual([{ mountPath: '/srv/www', name: 'copy-files', readOnly: true }]);
  });

  test('are read by another container, and by more', () => {
    const { chart, pod } = copy({
      container: 'indexer',
      volume: 'site',
      name: 'copy-site',
      sizeLimit: Size.mebibytes(50),
    });
    pod.storage.share('site', { sizeLimit: Size.mebibytes(50) }).readBy('app', '/www');
    expect(mounts(chart, 'indexer')).toEqual([{ mountPath: '/srv/www', name: 'site', readOnly: true }]);
    expect(mounts(chart, 'app')).toEqual([{ mountPath: '/www', name: 'site', readOnly: true }]);
    expect(podSpec(chart).volumes).toContainEqual({ name: 'site', emptyDir: { sizeLimit: '50Mi' } });
  });

  test('belong to a group of both where their UIDs differ', () => {
    expect(podSpec(copy({ user: 4000 }).chart).securityContext).toMatchObject({ fsGroup: 1000 });
    expect(podSpec(copy().chart).securityContext).not.toHaveProperty('fsGroup');
  });

  test('may be all that the image has', () => {
    expect(container(copy({ sourceDirectory: '/' }).chart, 'copy-files').command).toEqual([
      'cp',
      '-Rf',
      '/.',
      '/copy-files',
    ]);
  });

  test('come from several images into one pod', () => {
    const { chart, pod } = copy();
    pod.add(new CopyFiles({ ...SITE, name: 'copy-plugins', sourceDirectory: '/plugins/', directory: '/srv/plugins' }));
    expect(container(chart, 'copy-plugins').command).toEqual(['cp', '-Rf', '/plugins/.', '/copy-files']);
    expect(mounts(chart, 'app')?.map(({ name }) => name)).toEqual(['copy-files', 'copy-plugins']);
  });
});

test.each<[Partial<CopyFilesProps>, string]>([
  [
    { sourceDirectory: 'site' },
    '[CopyFiles] `sourceDirectory` "site" of "copy-files" is not absolute; begin it with "/"',
  ],
  [
    { sourceDirectory: '/copy-files/site' },
    '[CopyFiles] `sourceDirectory` "/copy-files/site" of "copy-files" is hidden by the volume at "/copy-files"; choose another',
  ],
  [{ directory: 'www' }, '[CopyFiles] `directory` "www" of "copy-files" is not absolute; begin it with "/"'],
  [
    { directory: '/' },
    '[CopyFiles] `directory` "/" of "copy-files" would hide the whole file system of the image; mount a directory below "/"',
  ],
])('fails with %j', (props, message) => {
  expect(() => copy(props)).toThrow(new Error(message));
});

describe('the command that copies', () => {
  let root: string;
  const at = (name: string) => join(root, name);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'copy-'));
    mkdirSync(at('from/js'), { recursive: true });
    mkdirSync(at('to'));
    writeFileSync(at('from/index.html'), 'hello');
    writeFileSync(at('from/js/app.js'), 'run()');
    writeFileSync(at('from/.hidden'), 'too');
    chmodSync(at('from/js/app.js'), 0o444);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('gives the same files when it runs again, and completes what a run left half done', () => {
    const command = new CopyFiles({ ...SITE, sourceDirectory: at('from') });
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(command);
    const [cp, ...args] = container(chart, 'copy-files').command as string[];
    const asUser = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
    chmodSync(root, 0o755);
    chmodSync(at('to'), 0o777);
    const run = () => spawnSync(cp!, [...args.slice(0, -1), at('to')], { encoding: 'utf8', ...asUser });
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(at('to/index.html'), 'hel');
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    expect(['index.html', 'js/app.js', '.hidden'].map((name) => readFileSync(at(`to/${name}`), 'utf8'))).toEqual([
      'hello',
      'run()',
      'too',
    ]);
  });
});
