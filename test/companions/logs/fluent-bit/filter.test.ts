import { FluentBit, FluentBitFilter, FluentBitOutput, LogFiles, MultiContainerPod } from '../../../../src/index';
import { fluentBitConfig } from '../../../fluent-bit-schema';
import { deepFreeze, newChart, newDeployment } from '../../../support';

/** The pipeline of an agent with these filters. */
function pipeline(...filters: FluentBitFilter[]): any {
  const chart = newChart();
  const logs = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const agent = new FluentBit({ logs, output: FluentBitOutput.stdout(), filters });
  MultiContainerPod.of(newDeployment(chart)).add(agent);
  return fluentBitConfig(chart).pipeline;
}

/** The filter as it stands in the configuration of an agent. */
function rendered(filter: FluentBitFilter): any {
  return pipeline(filter).filters.at(-1);
}

describe('a Fluent Bit filter', () => {
  test('drops the records whose field matches', () => {
    const filter = FluentBitFilter.exclude('path', '^/healthz$');
    expect(rendered(filter)).toEqual({ name: 'grep', match: '*', exclude: '$path ^/healthz$' });
  });

  test('drops the records whose field does not match', () => {
    const filter = FluentBitFilter.keep('code', '^5\\d{2}$');
    expect(rendered(filter)).toEqual({ name: 'grep', match: '*', regex: '$code ^5\\d{2}$' });
  });

  test('of any plugin has the settings it was given', () => {
    const properties = deepFreeze({ record: ['region ${POD_NAME}', 'team shop'] });
    const filter = FluentBitFilter.of('record_modifier', properties);
    expect(filter.name).toBe('record_modifier');
    expect(rendered(filter)).toEqual({ name: 'record_modifier', match: '*', ...properties });
  });

  test('sees the records it asks for with `match`', () => {
    const [{ tag }] = pipeline().inputs;
    expect(rendered(FluentBitFilter.of('grep', { match: tag, regex: '$log a' })).match).toBe(tag);
  });

  test('given twice filters twice', () => {
    const filter = FluentBitFilter.of('record_modifier', { record: ['team shop'] });
    expect(pipeline(filter, filter).filters.slice(-2)).toEqual([rendered(filter), rendered(filter)]);
  });

  test('keeps what it was made with, whatever becomes of the lists', () => {
    const record = ['team shop'];
    const filter = FluentBitFilter.of('record_modifier', { record });
    record.push('token hunter2');
    expect(rendered(filter).record).toEqual(['team shop']);
  });

  test.each(['', 'Grep', 'record modifier'])('fails with "%s" as its plugin', (name) => {
    expect(() => FluentBitFilter.of(name, {})).toThrow(
      new Error(
        `[FluentBitFilter] "${name}" is not the name of a plugin; pass it as its documentation does, in lower case`,
      ),
    );
  });

  test('fails with a property that names another plugin', () => {
    expect(() => FluentBitFilter.of('grep', { name: 'lua' })).toThrow(
      new Error('[FluentBitFilter.grep] setting "name" would make it another plugin; leave it out'),
    );
  });

  test('fails with a value that Fluent Bit does not take', () => {
    expect(() => FluentBitFilter.of('lua', { script: { inline: 'x' } })).toThrow(
      new Error(
        '[FluentBitFilter.lua] setting "script" is neither text, number, boolean nor a list of texts; pass one of these',
      ),
    );
  });

  test('fails with braces that Fluent Bit would garble', () => {
    expect(() => FluentBitFilter.exclude('log', '^${POD_NAME} \\d{4}')).toThrow(
      new Error(
        '[FluentBitFilter.grep] setting "exclude" is "$log ^${POD_NAME} \\d{4}", in which Fluent Bit would mistake a brace for the end of a variable; use either `${VARIABLE}` or other braces, not both',
      ),
    );
  });

  test('fails with a credential', () => {
    expect(() => FluentBitFilter.of('kubernetes', { kube_token: 'hunter2' })).toThrow(
      new Error(
        '[FluentBitFilter.kubernetes] setting "kube_token" is a credential, which would stand in a ConfigMap for all to read; refer to a variable of the agent\'s environment, as in `${TOKEN}`',
      ),
    );
    expect(FluentBitFilter.of('kubernetes', { kube_token: '${TOKEN}' }).name).toBe('kubernetes');
  });
});
