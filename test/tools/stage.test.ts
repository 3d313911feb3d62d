import * as fs from 'node:fs';
import * as path from 'node:path';
import { stage } from '../../tools/stage';
import { TOOLS } from '../../tools/tools';
import { folder } from './support';

const SDK = 'github.com/pulumi/pulumi-kubernetes/sdk/v4';

const KINDS = `package v2

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"${SDK}/go/kubernetes/apiextensions"
	corev1 "${SDK}/go/kubernetes/core/v1"
	"${SDK}/go/kubernetes/utilities"
)

func RegisterResource(fullKind string) {
	switch fullKind {
	case "v1/Pod":
		var res corev1.Pod
		err := ctx.RegisterResource("kubernetes:core/v1:Pod", name, props, &res, opts...)
	default:
		var res apiextensions.CustomResource
	}
}
`;

test('the provider is built with its schema, and without the types of its SDK', async () => {
  const [sdk, module, dir] = [folder({ 'go.mod': `module ${SDK}\n` }), folder({ 'go.mod': 'module x\n' }), folder()];
  const staging = TOOLS.find(({ name }) => name === 'pulumi-resource-kubernetes')?.staged;
  const embedded = staging?.embedded;
  if (staging === undefined || embedded === undefined) throw new Error('the provider is not staged');
  const provider = folder();
  for (const name of staging.trimmed.dirs) fs.mkdirSync(path.join(sdk, name), { recursive: true });
  fs.mkdirSync(path.join(sdk, 'go/kubernetes/core/v1'), { recursive: true });
  fs.writeFileSync(path.join(sdk, 'go/kubernetes/yaml/v2/kinds.go'), KINDS);
  fs.mkdirSync(path.join(provider, embedded.dir), { recursive: true });
  fs.writeFileSync(path.join(provider, embedded.dir, 'schema.json'), '{\n  "name": "kubernetes"\n}');
  fs.writeFileSync(path.join(provider, embedded.dir, 'terraform-mapping.json'), '{ }');
  const asked: string[][] = [];
  const go = (args: string[]): Promise<string> => {
    asked.push(args);
    return Promise.resolve(JSON.stringify({ Dir: args.includes(SDK) ? sdk : provider }));
  };

  await stage(staging, '4.25.0', module, dir, go);

  expect(JSON.parse(fs.readFileSync(path.join(dir, 'schema.json'), 'utf8'))).toEqual({
    name: 'kubernetes',
    version: '4.25.0',
  });
  expect(fs.readFileSync(path.join(dir, 'terraform-mapping.json'), 'utf8')).toBe('{}');
  expect(asked.at(-1)).toEqual(['mod', 'edit', `-replace=${SDK}=./trimmed`]);
  expect(fs.existsSync(path.join(dir, 'trimmed/go/kubernetes/core'))).toBe(false);
  const kinds = fs.readFileSync(path.join(dir, 'trimmed/go/kubernetes/yaml/v2/kinds.go'), 'utf8');
  expect(kinds).toBe(
    KINDS.replace(/.*(?:apiextensions"|core\/v1")\n/g, '').replace(
      /var res \w+\.\w+/g,
      'var res struct{ pulumi.CustomResourceState }',
    ),
  );
  expect(kinds).toContain('"kubernetes:core/v1:Pod"');
});
