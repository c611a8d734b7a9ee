import { printable } from "../base/printable";
import { knownSecrets } from "../base/secrets";

/** A platform did not give what it was asked for; the message is for people, and no secret stands in it. */
export class HostingFailure extends Error {
  override readonly name = "HostingFailure";

  /** @param messages each is a line of the message */
  constructor(...messages: readonly string[]) {
    super(messages.map((message) => printable(knownSecrets.mask(message))).join("\n"));
  }
}
