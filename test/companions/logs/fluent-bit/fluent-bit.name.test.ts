import { Testing } from 'cdk8s';
import { FluentBit, FluentBitOutput, LogFiles, MultiContainerPod } from '../../../../src/index';
import { fluentBitConfigs } from '../../../fluent-bit-schema';
import { schemaProblems } from '../../../kubernetes-schema';
import { container, newChart, newDeployment } from '../../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

/** A Deployment with an agent of this name. */
function ship(name: string) {
  const chart = newChart();
  const output = FluentBitOutput.stdout();
  MultiContainerPod.of(newDeployment(chart)).add(new FluentBit({ logs: LOGS, output, name }));
  return chart;
}

describe('the name of a Fluent Bit', () => {
  test.each(['log-agent', 'fifteen-letters', 'a1'])('%s is the name of its port, too', (name) => {
    expect(container(ship(name), name).ports).toEqual([{ containerPort: 2020, name }]);
  });

  test.each(['log--agent', '2020', 'sixteen-letters1', 'shipping-audit-agent'])(
    '%s, which cannot name a port, leaves it without one',
    (name) => {
      const chart = ship(name);
      expect(container(chart, name).ports).toEqual([{ containerPort: 2020 }]);
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    },
  );

  test.each([1, 57, 58, 59, 62, 63])('may have %d characters', (length) => {
    const name = 'a'.repeat(length);
    const chart = ship(name);
    expect(Object.keys(fluentBitConfigs(chart)).map((id) => id.split('/')[1])).toEqual([name]);
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
  });

  test('fails with 64 characters', () => {
    expect(() => ship('a'.repeat(64))).toThrow(
      new Error(
        `[shop/web] container name "${'a'.repeat(64)}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`,
      ),
    );
  });
});
