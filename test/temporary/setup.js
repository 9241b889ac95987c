const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** What tests write into the system's temporary folder, and cdk8s for each `Testing.app()`, goes into a folder of this run. */
module.exports = () => {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk8s-pod-patterns-'));
};
