/** Settings that cannot be followed: all that is wrong with them, line by line. */
export class SettingsError extends Error {}
