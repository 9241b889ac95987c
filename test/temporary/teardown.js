const { rmSync } = require('node:fs');

/** The folder of this run goes with all that is in it. */
module.exports = () => rmSync(process.env.TMPDIR, { recursive: true });
