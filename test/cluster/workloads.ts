import { Chart, Size, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBitOutput } from '../../src';

/** The address of the receiver for agents of all namespaces. */
export const RECEIVER = { host: 'receiver.logging', port: 8080 };

/** Has a Fluent Bit send to the receiver. */
export function toReceiver(): FluentBitOutput {
  return FluentBitOutput.http({ ...RECEIVER, path: '/logs' });
}

/** Little enough for many pods on a small node. */
export const SMALL = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(256) },
};

/** The YAML of a chart. */
export function synthesize(build: (chart: Chart) => void): string {
  const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
  build(chart);
  return (Testing.synth(chart) as object[]).map((object) => Yaml.stringify(object)).join('---\n');
}
