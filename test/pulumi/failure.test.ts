import { OperatorError } from '../../src/base/operator-error';
import { failure } from '../../src/pulumi/failure';

test('what the operator can mend is a sentence', () => {
  const { message, stack } = failure(new OperatorError('kaapana:domain is missing'));
  expect([message, stack]).toEqual(['kaapana:domain is missing', undefined]);
});

test('a defect says where it is', () => {
  const { message, stack } = failure(new TypeError('of null'));
  expect(message).toMatch(/^TypeError: of null\n +at .*failure\.test/);
  expect(stack).toBeUndefined();
  expect(failure('thrown').message).toBe('thrown');
});
