/** More texts than the service has. */
const MAX_NAMED = 400;

/**
 * Names under which a server keeps statements that come again and again, so that it parses and plans them once for each
 * connection. A text gets one when it comes for the second time: one that holds a value of its own never does.
 */
export class StatementNames {
  readonly #names = new Map<string, string | undefined>();
  #given = 0;

  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (!this.#names.has(text)) {
      if (this.#names.size < MAX_NAMED) this.#names.set(text, undefined);
      return undefined;
    }
    this.#given += 1;
    const name = `oneshot_${this.#given}`;
    this.#names.set(text, name);
    return name;
  }

  /** Every statement gets another name: what was planned before a migration no longer holds. */
  renew(): void {
    this.#names.clear();
  }
}
