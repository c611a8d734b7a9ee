import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type App } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";
import { supportStacks } from "../recipes/flow-per-environment";
import { sitesStack } from "../recipes/shared-configuration";

/** A program of a user. */
interface Program {
  readonly stacks: (app: App) => void;
  /** What the version before the packages were split made of it: the content of each stack's `cdk.tf.json`, without metadata. */
  readonly before: Readonly<Record<string, object>>;
}

/** The README's example: its addresses are written out here. */
function readmeStacks(app: App): void {
  const environments = [
    nextEnvironment("production", {
      kind: "production",
      addresses: ["https://www.example.com", "https://shop.example.com"],
    }),
    nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] }),
    nextEnvironment("preview", { kind: "preview", addresses: ["preview.example.com"] }),
    nextEnvironment("development", { kind: "development", addresses: ["http://localhost:3000", "dev.example.com"] }),
  ];
  for (const environment of environments) {
    new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us", region: "eu-central-1" });
  }
}

const before = JSON.parse(readFileSync(join(__dirname, "before-the-packages.json"), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, object>>>
>;

/** Programs of which nothing but imports has changed since, by their names. */
export const programs: readonly (readonly [name: string, program: Program])[] = (
  [
    ["readme", readmeStacks],
    ["shared-configuration", sitesStack],
    ["flow-per-environment", supportStacks],
  ] as const
).map(([name, stacks]) => [name, { stacks, before: before[name] ?? {} }]);
