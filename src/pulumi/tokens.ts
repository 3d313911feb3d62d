import * as pulumi from '@pulumi/pulumi';
import { holdsSecret, reveal, secretsIn, secretToken } from '../../constructs/kube';
import { isObject, type Json } from '../objects/manifest';

/** Text tokens and the Pulumi Outputs that they stand for. */
export class OutputTokens {
  private readonly outputs = new Map<string, pulumi.Output<string>>();

  /** @param secretOf the value of a secret setting, by its name */
  constructor(private readonly secretOf: (name: string) => string) {}

  /** A text that stands for `output` inside constructs, e.g. in `https://${...}/x`; `name` must be its own. */
  public asText(name: string, output: pulumi.Output<string>): string {
    if (this.outputs.has(name)) throw new Error(`two Outputs are called "${name}"`);
    this.outputs.set(name, output);
    return secretToken(name);
  }

  /** `value` with each token replaced by what it stands for; what holds a secret becomes a secret Output. */
  public lift(value: Json): pulumi.Input<unknown> {
    if (typeof value === 'string') return holdsSecret(value) ? this.liftText(value) : value;
    if (Array.isArray(value)) return value.map((item: Json) => this.lift(item));
    if (pulumi.Output.isInstance(value) || !isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, item === undefined ? undefined : this.lift(item)]),
    );
  }

  /** `text` with its tokens replaced. */
  public liftText(text: string): pulumi.Output<string> {
    const names = secretsIn(text);
    return pulumi
      .all(names.map((name) => this.output(name)))
      .apply((values) => reveal(text, (name) => values[names.indexOf(name)] ?? ''));
  }

  private output(name: string): pulumi.Output<string> {
    const known = this.outputs.get(name) ?? pulumi.secret(this.secretOf(name));
    this.outputs.set(name, known);
    return known;
  }
}
