/** Whether this is the number of a port. */
export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}

/** What is wrong with the number of a port; the subject names it: "`port` 0 of database "shop"". */
export function validatePort(subject: string, port: number): string[] {
  return isPort(port) ? [] : [`${subject} is not a port number; pass an integer from 1 to 65535`];
}
