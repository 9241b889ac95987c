import { type FieldTable, readFieldTable } from './program';

/** Fields that 1.34 drops before it looks at them, as their features are off. */
const DROPPED: readonly (readonly [type: RegExp, field: string])[] = [
  [/\.(Container|EphemeralContainer)$/, 'restartPolicyRules'],
  [/\.EnvVarSource$/, 'fileKeyRef'],
  [/\.Lifecycle$/, 'stopSignal'],
  [/\.PodSpec$/, 'hostnameOverride'],
  [/\.Volume$/, 'image'],
  [/\.VolumeProjection$/, 'clusterTrustBundle'],
  [/\.VolumeProjection$/, 'podCertificate'],
];

/** The fields of the API, without those that are dropped. */
export function readKnownFields(): FieldTable {
  const { kinds, types } = readFieldTable();
  const known = Object.entries(types).map(([type, all]) => {
    const dropped = DROPPED.flatMap(([types, field]) => (types.test(type) ? field : []));
    return [type, Object.fromEntries(Object.entries(all).filter(([name]) => !dropped.includes(name)))];
  });
  return { kinds, types: Object.fromEntries(known) };
}
