import { isIP } from 'node:net';
import { validateDnsLabel, validateDnsSubdomain, validateLabelValue, validateQualifiedName } from './names';
import { createMistake, Mistake, readWithin } from './values';

type Texts = Readonly<Record<string, string>>;

/** The metadata of an object. */
export function checkMetadata({ name, namespace, labels, annotations }: any): void {
  checkWithin('name', name, (text: string) => checkName(text, validateDnsSubdomain));
  checkWithin('namespace', namespace, (text: string) => checkName(text, validateDnsLabel));
  checkWithin('labels', labels, checkLabels);
  checkWithin('annotations', annotations, checkAnnotations);
}

/** Of annotations only the key is checked, and upper case counts as lower case. */
function checkAnnotations(annotations: Texts): void {
  checkKeys(annotations, (key) => validateQualifiedName(key.toLowerCase()));
}

function checkName(text: string, validate: (text: string) => string | undefined): void {
  const problem = typeof text === 'string' ? validate(text) : undefined;
  if (problem) {
    throw new Mistake(`is "${text}", which ${problem}; pass another`);
  }
}

/** Labels of an object. */
export function checkLabels(labels: Texts): void {
  checkKeys(labels, (key) => validateQualifiedName(key));
  for (const [key, value] of Object.entries(labels)) {
    const problem = typeof value === 'string' ? validateLabelValue(value) : undefined;
    if (problem) {
      throw new Mistake(`has the value "${value}", which ${problem}; shorten it, or put it in an annotation`).within(
        key,
      );
    }
  }
}

function checkKeys(texts: Texts, validate: (key: string) => string | undefined): void {
  for (const key of Object.keys(texts)) {
    const problem = validate(key);
    if (problem) {
      throw new Mistake(`has the key "${key}", which ${problem}; pass another`);
    }
  }
}

/** A line of `/etc/hosts`. */
export function checkHostAlias({
  ip,
  hostnames,
}: {
  readonly ip: string;
  readonly hostnames: readonly string[];
}): void {
  if (typeof ip === 'string' && isIP(ip) === 0) {
    throw createMistake(ip, 'an IP address').within('ip');
  }
  const wrong = hostnames.find((name) => validateDnsSubdomain(name) !== undefined);
  checkWithin('hostnames', wrong, (name) => checkName(name, validateDnsSubdomain));
}

/** The DNS settings of a pod. */
export function checkDns({ policy, nameservers = [], hostname, subdomain }: any): void {
  if (policy === 'None' && nameservers.length === 0) {
    throw new Mistake('is empty, and DnsPolicy.NONE takes at least one; pass the address of a name server').within(
      'nameservers',
    );
  }
  checkWithin('hostname', hostname, (text: string) => checkName(text, validateDnsLabel));
  checkWithin('subdomain', subdomain, (text: string) => checkName(text, validateDnsLabel));
}

/** A part that may be left out. */
export function checkWithin<T>(key: string, value: T | undefined, check: (value: T) => void): void {
  if (value !== undefined) {
    readWithin((each) => check(each as T), value, key);
  }
}
