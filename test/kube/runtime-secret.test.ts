import { Construct } from 'constructs';
import { RuntimeSecret, Volume } from '../../constructs/kube';
import { chart, objects } from '../support';

test('a Secret that a pod makes is not an object of the tree', () => {
  const scope = chart();
  const job = new Construct(scope, 'Job');
  const secret = new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: job });
  expect(objects(scope)).toEqual([]);
  expect(secret).toMatchObject({ name: 'certificate', namespace: 'admin' });
});

test('who mounts it comes after the pod that makes it', () => {
  const scope = chart();
  const job = new Construct(scope, 'Job');
  const secret = new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: job });
  expect(Volume.secret('tls', secret).owner).toBe(secret);
  expect(secret.node.dependencies).toEqual([job]);
});
