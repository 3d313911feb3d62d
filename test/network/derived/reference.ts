/** A connection that the rendered objects themselves tell, by names as they are rendered. */
export interface Reference {
  /** A workload, `internet` or `kubelet`. */
  readonly from: string;

  /** A workload, an address, `coredns`, or `svc:namespace/service`. */
  readonly to: string;

  /** Number or name; `number/udp`. */
  readonly port: string;

  /** Where it stands. */
  readonly evidence: string;
}
