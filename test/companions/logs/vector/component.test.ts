import { componentOf, SECRET_REFERENCE } from '../../../../src/companions/logs/vector/component';

test.each(['console', 'aws_s3', 'gcp_cloud_storage'])('%s can be the type of a component', (type) => {
  expect(componentOf('VectorSink', type)).toBe(type);
});

test.each(['', 'Loki', 'aws-s3', '3scale', 'a b'])('"%s" cannot', (type) => {
  expect(() => componentOf('VectorSink', type)).toThrow(
    new Error(
      `[VectorSink] "${type}" is not the type of a component; pass it as its documentation does, in lower case`,
    ),
  );
});

test.each([
  ['SECRET[secret_1.user.name]', true],
  ['SECRET[password]', false],
  ['SECRET[a.b-c]', false],
])('%s is a reference: %s', (text, expected) => {
  expect(new RegExp(`^${SECRET_REFERENCE}$`).test(text)).toBe(expected);
});
