// The guides by their pages, in the order in which they are offered.
export const GUIDES = [
  'guides/ship-logs',
  'guides/choose-an-agent',
  'guides/login',
  'guides/beside-a-helm-chart',
  'guides/rules-in-ci',
  'guides/write-a-companion',
];
