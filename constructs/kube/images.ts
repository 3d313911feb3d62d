/** When the kubelet asks the registry for an image. */
export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** Properties of `Images`. */
export interface ImagesProps {
  /** Registry host and path, without scheme or trailing slash, e.g. `registry.example.org/kaapana`. */
  readonly registry: string;

  /** Tag of every image that has none in `tags`. */
  readonly tag: string;

  /**
   * Tags of single images.
   *
   * @default - every image has `tag`
   */
  readonly tags?: Readonly<Record<string, string>>;

  /** Pull policy of every container. */
  readonly pullPolicy: PullPolicy;
}

/** The images of one release in one registry. `Name` is the union of the image names it has. */
export class Images<Name extends string = string> {
  public readonly pullPolicy: PullPolicy;

  constructor(private readonly props: ImagesProps) {
    this.pullPolicy = props.pullPolicy;
  }

  /** Full reference of an image, e.g. `registry.example.org/kaapana/minio:0.6.0`. */
  public ref(name: Name): string {
    return `${this.props.registry}/${name}:${this.props.tags?.[name] ?? this.props.tag}`;
  }

  /** The same images, but from another registry or pulled otherwise. @default - as before */
  public with({ registry, pullPolicy }: Partial<Pick<ImagesProps, 'registry' | 'pullPolicy'>>): Images<Name> {
    return new Images({
      ...this.props,
      registry: registry ?? this.props.registry,
      pullPolicy: pullPolicy ?? this.pullPolicy,
    });
  }

  /** The same images, but `names` with the tag `tag`, unless an image has one of its own. */
  public tagged(names: readonly string[], tag: string): Images<Name> {
    return new Images({
      ...this.props,
      tags: { ...Object.fromEntries(names.map((name) => [name, tag])), ...this.props.tags },
    });
  }
}
