import { FluentBit, FluentBitOutput, LogFiles, LogRotation, MultiContainerPod } from '../../src';
import { shipLogs } from '../../src/patterns/log-shipping';
import { fluentBitConfig } from '../fluent-bit-schema';
import { newChart, newDeployment, podSpec } from '../support';

const LOGS = ['access.log', 'app.log'].map((pattern) => LogFiles.inDirectory('/logs', { pattern }));

function ship(rotation?: LogRotation, logAgent?: FluentBit) {
  const chart = newChart();
  const agent = shipLogs(MultiContainerPod.of(newDeployment(chart)), { logs: LOGS, rotation, logAgent });
  return { chart, agent, names: podSpec(chart).initContainers?.map(({ name }) => name) };
}

test('all files are shipped, by an agent that prints them where none is given', () => {
  const { chart, agent } = ship();
  const { inputs, outputs } = fluentBitConfig(chart).pipeline;
  expect(agent.name).toBe('log-agent');
  expect(inputs.map(({ path }: any) => path)).toEqual(['/logs/access.log', '/logs/app.log']);
  expect(outputs.map(({ name }: any) => name)).toEqual(['stdout']);
});

test('the agent that is given ships them', () => {
  const logAgent = new FluentBit({ output: FluentBitOutput.loki({ host: 'loki' }) });
  const { chart, agent } = ship(undefined, logAgent);
  expect(agent).toBe(logAgent);
  expect(fluentBitConfig(chart).pipeline.outputs[0].name).toBe('loki');
});

test.each([
  ['nobody knows of', undefined, ['log-agent']],
  ['the application does', LogRotation.byApplication(), ['log-agent']],
  ['takes a container', LogRotation.copyTruncate(), ['log-agent', 'log-rotator']],
])('a rotation that %s adds the containers it takes', (_, rotation, companions) => {
  expect(ship(rotation).names).toEqual(companions);
});
