// The functions of `Buffer` that rules call.

const encoder = new TextEncoder();

export const Buffer = {
  byteLength(text, encoding) {
    return encoding === 'base64' ? Math.floor((text.replace(/==?$/, '').length * 3) / 4) : encoder.encode(text).length;
  },

  from(text, encoding) {
    const bytes = encoding === 'base64' ? decodeBase64(text) : encoder.encode(text);
    return { toString: () => new TextDecoder().decode(bytes) };
  },
};

/** As Node.js does it: signs of other alphabets are passed over, and what follows "=" does not count. */
function decodeBase64(text) {
  const signs = text
    .replace(/=[\s\S]*/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  const whole = signs.length % 4 === 1 ? signs.slice(0, -1) : signs;
  return Uint8Array.from(atob(whole), (sign) => sign.charCodeAt(0));
}
