import { validateDnsLabel } from '../../private/names';
import { validateName, validateSearchDomain } from '../../private/pod-fields';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { IP_ADDRESS } from '../model/value-forms';
import type { Problem, Rule } from '../rule';

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

const AN_ADDRESS = 'write an IP address';
const A_NAME = 'write lower-case letters, digits, "-" and ".", with a letter or digit at both ends';

export const POD_DNS: Rule = {
  id: 'pod-dns',
  severity: Severity.ERROR,
  catches: 'Host aliases, name servers, search domains and host names of a pod that are none.',
  consequence: 'The API server rejects the pod.',
  fix: 'write IP addresses and names of the DNS',
  source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config',
  checkPod: (pod) => [...checkHostAliases(pod), ...checkDnsConfig(pod), ...checkHostNames(pod)],
};

function checkHostAliases({ spec }: PodView): Problem[] {
  return spec
    .at('hostAliases')
    .items.flatMap((alias) => [
      ...checkText(alias.at('ip'), validateIpAddress, 'a host alias', 'no IP address', AN_ADDRESS),
      ...alias
        .at('hostnames')
        .items.flatMap((name) => checkText(name, validateName, 'a host alias', 'no name of the DNS', A_NAME)),
    ]);
}

function checkDnsConfig({ spec }: PodView): Problem[] {
  const config = spec.at('dnsConfig');
  const [servers, searches] = [config.at('nameservers'), config.at('searches')];
  return [
    ...servers.items.flatMap((server) =>
      checkText(server, validateIpAddress, 'a name server', 'no IP address', AN_ADDRESS),
    ),
    ...searches.items.flatMap((domain) =>
      checkText(domain, validateSearchDomain, 'a search domain', 'no name of the DNS', A_NAME),
    ),
    ...checkCount(servers, MAX_NAMESERVERS, 'name servers'),
    ...checkCount(searches, MAX_SEARCHES, 'search domains'),
    ...config.at('options').items.flatMap(checkOption),
    ...(spec.at('dnsPolicy').text === 'None' && servers.items.length === 0
      ? [
          {
            at: spec.at('dnsPolicy'),
            message: '`dnsPolicy` is "None", and there is no name server',
            fix: 'write `dnsConfig.nameservers`',
          },
        ]
      : []),
  ];
}

function checkOption(option: Field): Problem[] {
  const at = option.at('name');
  const isNameless = (option.isObject || option.value === null) && !at.text;
  const message = 'an option of the DNS has no name';
  return isNameless ? [{ at, message, fix: 'write its name, as in `name: ndots`' }] : [];
}

/** A StatefulSet names the hosts of its pods itself. */
function checkHostNames({ spec, owner }: PodView): Problem[] {
  const names = owner.kind === 'StatefulSet' ? [] : ['hostname', 'subdomain'];
  return names.flatMap((name) =>
    checkText(
      spec.at(name),
      (text) => (text === '' ? undefined : validateDnsLabel(String(text))),
      `\`${name}\``,
      'no DNS label',
      'write at most 63 lower-case letters, digits and "-"',
    ),
  );
}

function validateIpAddress(text: unknown): string | undefined {
  return IP_ADDRESS.accepts(text as never) ? undefined : IP_ADDRESS.complaint;
}

function checkText(
  at: Field,
  validate: (text: unknown) => string | undefined,
  subject: string,
  noun: string,
  fix: string,
): Problem[] {
  // Nothing in a list of texts is an empty one.
  const text = at.value === null && typeof at.keys.at(-1) === 'number' ? '' : at.text;
  return text === undefined || validate(text) === undefined
    ? []
    : [{ at, message: `${subject} is "${text}", which is ${noun}`, fix }];
}

function checkCount(list: Field, most: number, noun: string): Problem[] {
  const count = list.items.length;
  return count > most
    ? [{ at: list, message: `the pod has ${count} ${noun}, and at most ${most} are allowed`, fix: 'remove some' }]
    : [];
}
