import { isIP, isIPv6 } from 'node:net';
import {
  isConfigKey,
  validateDnsLabel,
  validateDnsSubdomain,
  validateLabelValue,
  validateQualifiedName,
} from '../../private/names';
import type { ValueForm } from './field-form';

const OF_NAMES = 'write lower-case letters, digits and "-", with a letter or digit at both ends';

/** The name of an object, or of a host. */
export const SUBDOMAIN: ValueForm = {
  type: 'string',
  accepts: (text: string) => validateDnsSubdomain(text) === undefined,
  complaint: 'which is no name of an object',
  fix: OF_NAMES.replace('digits and "-"', 'digits, "-" and "."'),
};

export const DNS_LABEL: ValueForm = {
  type: 'string',
  accepts: (text: string) => validateDnsLabel(text) === undefined,
  complaint: 'which is no DNS label',
  fix: `${OF_NAMES}, 63 at most`,
};

/** The key of a label, and what is named like it. */
export const QUALIFIED_NAME: ValueForm = {
  type: 'string',
  accepts: (text: string) => validateQualifiedName(text) === undefined,
  complaint: 'which is no qualified name',
  fix: 'write letters, digits, "-", "_" and ".", after a domain and "/" or not, as in `example.com/name`',
};

/** The key of an annotation, in which upper case counts as lower case. */
export const ANNOTATION_KEY: ValueForm = {
  ...QUALIFIED_NAME,
  accepts: (text: string) => validateQualifiedName(text.toLowerCase()) === undefined,
};

/** The value of a label. */
export const LABEL_VALUE: ValueForm = {
  type: 'string',
  accepts: (text: string) => validateLabelValue(text) === undefined,
  complaint: 'which is no value of a label',
  fix: 'write at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
};

export const CONFIG_KEY: ValueForm = {
  type: 'string',
  accepts: isConfigKey,
  complaint: 'which is no key of a ConfigMap or Secret',
  fix: 'write letters, digits, "-", "_" and "."',
};

export const IP_ADDRESS: ValueForm = {
  type: 'string',
  accepts: isIpAddress,
  complaint: 'which is no IP address',
  fix: 'write an IP address',
};

/** A range of addresses, with blanks around it or not. */
export const CIDR: ValueForm = {
  type: 'string',
  accepts: (text: string) => {
    const [ip = '', bits = '', ...others] = text.trim().split('/');
    const isLength = /^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(ip) ? 128 : 32);
    return isIpAddress(ip) && isLength && others.length === 0;
  },
  complaint: 'which is no range of IP addresses',
  fix: 'write it as in `203.0.113.0/24`',
};

/** Old fields of Kubernetes take zeros before the numbers of an address, and none takes the name of an interface behind it. */
function isIpAddress(text: string): boolean {
  return isIP(text.replace(/(^|\.)0+(?=\d)/g, '$1')) !== 0 && !text.includes('%');
}

/** The same value, or an empty text, which counts as none. */
export function toOptional(form: ValueForm): ValueForm {
  return { ...form, accepts: (text: string) => text === '' || form.accepts(text as never) };
}

/** A number from one to another; where there is no other, the type of the field ends it. */
export function createRange(least: number, most?: number): ValueForm {
  return most === undefined
    ? {
        type: 'number',
        accepts: (value: number) => value >= least,
        complaint: `and must be ${least} or more`,
        fix: `write ${least} or more`,
      }
    : {
        type: 'number',
        accepts: (value: number) => value >= least && value <= most,
        complaint: `and must be from ${least} to ${most}`,
        fix: 'write a number in between',
      };
}

/** One of a few words. */
export function createChoice(words: readonly string[]): ValueForm {
  return {
    type: 'string',
    accepts: (text: string) => words.includes(text),
    complaint: `which is none of ${words.filter(Boolean).join(', ')}`,
    fix: 'write one of them, or remove the field',
  };
}

/** A text that must not match. */
export function createExclusion(pattern: RegExp, noun: string, fix: string): ValueForm {
  return { type: 'string', accepts: (text: string) => !pattern.test(text), complaint: `which is ${noun}`, fix };
}
