const common = require('../../jest.config.js');

/** The tests that need a cluster: see README.md beside this file. */
module.exports = {
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  globalSetup: '<rootDir>/test/cluster/setup.ts',
  cacheDirectory: common.cacheDirectory,
  modulePathIgnorePatterns: common.modulePathIgnorePatterns,
  moduleNameMapper: common.moduleNameMapper,
  transform: common.transform,
  testTimeout: 300_000,
};
