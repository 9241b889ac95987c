const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The modules that the entry exports are loaded when they are used, here as in the package: most tests need few of them. */
const entry = readFileSync(join(__dirname, 'src/index.ts'), 'utf8');
const lazy = [...entry.matchAll(/from '(\.\/[^']+)'/g)].map(([, module]) => module);

module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/real-software/', '<rootDir>/test/cluster/'],
  globalSetup: '<rootDir>/test/temporary/setup.js',
  globalTeardown: '<rootDir>/test/temporary/teardown.js',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/site/'],
  moduleNameMapper: {
    '^cdk8s-pod-patterns$': '<rootDir>/src',
    '^cdk8s-pod-patterns/testing$': '<rootDir>/src/testing',
    '^cdk8s-pod-patterns/testing/jest$': '<rootDir>/src/testing/jest',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs', lazy } },
    ],
  },
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts'],
  coverageReporters: ['text-summary'],
  coverageThreshold: { global: { lines: 95 } },
};
