// The functions of `node:net` that rules call, by the expressions of Node.js.

const BYTE = '(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])';
const V4 = `(?:${BYTE}\\.){3}${BYTE}`;
const GROUP = '(?:[0-9a-fA-F]{1,4})';
const V6 = [
  `(?:${GROUP}:){7}(?:${GROUP}|:)`,
  `(?:${GROUP}:){6}(?:${V4}|:${GROUP}|:)`,
  `(?:${GROUP}:){5}(?::${V4}|(?::${GROUP}){1,2}|:)`,
  `(?:${GROUP}:){4}(?:(?::${GROUP}){0,1}:${V4}|(?::${GROUP}){1,3}|:)`,
  `(?:${GROUP}:){3}(?:(?::${GROUP}){0,2}:${V4}|(?::${GROUP}){1,4}|:)`,
  `(?:${GROUP}:){2}(?:(?::${GROUP}){0,3}:${V4}|(?::${GROUP}){1,5}|:)`,
  `(?:${GROUP}:){1}(?:(?::${GROUP}){0,4}:${V4}|(?::${GROUP}){1,6}|:)`,
  `(?::(?:(?::${GROUP}){0,5}:${V4}|(?::${GROUP}){1,7}|:))`,
].join('|');
const IPV4 = new RegExp(`^${V4}$`);
const IPV6 = new RegExp(`^(?:${V6})(?:%[0-9a-zA-Z-.:]{1,})?$`);

export function isIPv4(text) {
  return IPV4.test(text);
}

export function isIPv6(text) {
  return IPV6.test(text);
}

export function isIP(text) {
  return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}
