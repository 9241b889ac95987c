import type { Form, ValueForm } from '../../model/field-form';
import { createChoice, SUBDOMAIN } from '../../model/value-forms';

/** The bytes that the description of a service account of Windows may have. */
const MAX_CREDENTIALS = 64 * 1024;
const MAX_DOMAIN = 255;
const MAX_USER = 104;

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;

/** A user of Windows, in a domain or not. */
const USER_NAME: ValueForm = {
  type: 'string',
  accepts: isUserName,
  complaint: 'which is no user of Windows',
  fix: 'write it as `ContainerUser` or `DOMAIN\\user`',
};

/** The form of a security context, of a pod or of a container. */
export const SECURITY_FORM: Form = {
  filled: ['fsGroupChangePolicy', 'supplementalGroupsPolicy', 'procMount'],
  fields: {
    seLinuxChangePolicy: createChoice(['MountOption', 'Recursive']),
    seccompProfile: { filled: ['type'] },
    appArmorProfile: { filled: ['type'] },
    windowsOptions: {
      filled: ['gmsaCredentialSpec'],
      fields: {
        gmsaCredentialSpecName: SUBDOMAIN,
        gmsaCredentialSpec: {
          type: 'string',
          accepts: (text: string) => Buffer.byteLength(text) <= MAX_CREDENTIALS,
          complaint: 'which is more than 64 KiB',
          fix: 'name it in `gmsaCredentialSpecName`',
        },
        runAsUserName: USER_NAME,
      },
    },
  },
};

function isUserName(text: string): boolean {
  const parts = text.split('\\');
  const user = parts.at(-1)!;
  const domain = parts.length === 2 ? parts[0]! : undefined;
  const isDomain =
    domain === undefined ||
    (domain.length <= MAX_DOMAIN && (NETBIOS.test(domain) || SUBDOMAIN.accepts(domain.toLowerCase() as never)));
  const isUser =
    user.length > 0 && user.length <= MAX_USER && !/^[. ]+$/.test(user) && !/["/:;|=,+*?<>@[\]]/.test(user);
  return parts.length <= 2 && isDomain && isUser && !/\p{Cc}/u.test(text);
}
