import { isUnder } from "../hostname";
import { type AddressRule } from "../rule";

/** Names that public DNS resolves to the visitor's own machine, made for development. */
export const loopbackNames: readonly string[] = ["localhost", "localhost.localdomain", "localtest.me", "lvh.me"];

/** A page on the visitor's own machine: no other browser ever shows it. */
export const loopback: AddressRule = {
  id: "loopback",
  summary: "`localhost`, `127.0.0.1`, `[::1]`: the visitor's own machine",
  severity: { production: "error", staging: "error", preview: "error", development: "none" },
  acknowledgeable: true,
  yieldsTo: [],
  breaks: ({ host }) => isLoopback(host),
  message: ({ written }) => `"${written}" is the visitor's own machine`,
  remedy: () => "move it to the development environment",
};

/** 0.0.0.0 and [::] are where a development server says that it listens; browsers take them for the own machine. */
export function isLoopback(host: string): boolean {
  return (
    loopbackNames.some((name) => host === name || isUnder(host, name)) ||
    /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:(?:7f[0-9a-f]{2}:[0-9a-f]+|0:0)\])$/.test(host)
  );
}
