/** Custom schemes: Chromium refuses them from outside, so a page sees an https host that stands for one. */
const SUFFIX = '.standin.invalid';

export class Schemes {
  readonly #privileged = new Set<string>();

  register(schemes: readonly { scheme: string }[]): void {
    for (const { scheme } of schemes) this.#privileged.add(scheme);
  }

  /** `app://clerk/x` → `https://clerk.app.standin.invalid/x` */
  toChromium(url: string): string {
    return url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i, (whole, scheme: string, host: string) =>
      this.#privileged.has(scheme) ? `https://${host}.${scheme}${SUFFIX}` : whole,
    );
  }

  /** The address as the application knows it. */
  toApplication(url: string): string {
    return url.replace(/^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.standin\.invalid(?=[/?#]|$)/i, '$2://$1');
  }
}
