/** Where users reach the platform. */
export interface Origin {
  /** Host name. */
  readonly domain: string;

  readonly httpsPort: number;
}

/** URL that users reach the platform at, as browsers write it: without the port that https has by itself. */
export function originUrl({ domain, httpsPort }: Origin): string {
  return `https://${domain}${httpsPort === 443 ? '' : `:${httpsPort}`}`;
}
