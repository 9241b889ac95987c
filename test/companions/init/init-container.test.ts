import { InitContainer, type InitContainerProps, MultiContainerPod, Sidecar } from '../../../src';
import { describeCompanion } from '../../contract';
import { container, deepFreeze, newChart, newDeployment, podSpec } from '../../support';

const MIGRATE: InitContainerProps = deepFreeze({
  name: 'migrate',
  image: 'acme/migrate:2.0.0',
  user: 1002,
  command: ['migrate'],
  args: ['--all'],
  writableDirectories: ['/tmp'],
});

describeCompanion('InitContainer', {
  make: () => new InitContainer(MIGRATE),
  containers: ['migrate'],
  classic: false,
  copy: {
    props: () => ({ ...MIGRATE, command: ['migrate'], args: ['--all'], writableDirectories: ['/tmp'] }),
    from: (props) => new InitContainer(props),
  },
});

describe('an init container', () => {
  test('runs to its end, after what was added before it', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 1003 }));
    pod.add(new InitContainer(MIGRATE));
    expect(podSpec(chart).initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['proxy', 'Always'],
      ['migrate', undefined],
    ]);
  });

  test('runs as it was told', () => {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(new InitContainer(MIGRATE));
    const migrate = container(chart, 'migrate');
    expect(migrate).toMatchObject({
      image: 'acme/migrate:2.0.0',
      command: ['migrate'],
      args: ['--all'],
      securityContext: { runAsUser: 1002 },
      volumeMounts: [{ mountPath: '/tmp', name: 'migrate-tmp' }],
    });
    for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
      expect(migrate).not.toHaveProperty(field);
    }
  });

  test('fails with a name that is taken', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    expect(() => pod.add(new InitContainer({ ...MIGRATE, name: 'app' }))).toThrow(
      new Error('[shop/web] container name "app" is already taken in this pod; pass another `name` (taken: app)'),
    );
  });
});
