/**
 * What `expect.extend(matchers)` adds to an expectation. Where the answer hangs on an address that only Terraform knows, it fails,
 * with `not` as well.
 *
 * @typeParam R what the test runner's own matchers return
 */
export interface MessengerMatchers<R> {
  /**
   * Whether the Messenger shows on a page, given by its host or by any URL on it. Of a subject that holds several
   * Messengers, whether one of them shows there; `not`, that none does.
   *
   * @example
   * ```ts
   * expect(stack).toAdmit("https://www.example.com/shop");
   * expect(stack).not.toAdmit("localhost");
   * ```
   */
  toAdmit(page: string): R;
  /**
   * Whether these hosts, each with its subdomains, are the whole allow-list, whatever their order. A URL counts as its host.
   *
   * @throws when the subject holds several Messengers: each has its own list
   * @example
   * ```ts
   * expect(messenger).toServeExactly(["shop.example.com", "www.example.com"]);
   * ```
   */
  toServeExactly(pages: readonly string[]): R;
}
