import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { GenesyscloudProvider, MessengerStack, nextEnvironment, WebMessenger } from "../../lib";
import { type EnvironmentKind, environmentKinds } from "../../lib/addresses";
import { allowLists } from "../../lib/testing";
import { onCore } from "../e2e/cores";
import { production } from "./acknowledged";
import { adoptedBrandStacks } from "./adopted-brand";
import { adoptedSitesStack } from "./adopted-sites";
import { governedStacks } from "./aspects";
import { brandStacks } from "./brands";
import { uploadStack } from "./cors";
import { supportSnippet } from "./existing-deployment";
import { answeredStacks } from "./flow-by-name";
import { supportStacks } from "./flow-per-environment";
import { admitTenant } from "./late-address";
import { shopStack } from "./left-out";
import { worldwideStack } from "./organisations";
import { ownStacks } from "./out-of-a-monolith";
import { SupportStack } from "./own-stack";
import { pageStacks } from "./references";
import { regionStacks } from "./regions";
import { renamedStack } from "./renamed";
import { renamedMessengerStack } from "./renamed-stack";
import { siteStacks } from "./shared-across-stacks";
import { sitesStack } from "./shared-configuration";

/** A section of a document whose code is a file of this folder. */
export interface Recipe {
  readonly file: string;
  /** The document in docs/. @default "recipes.md" */
  readonly document?: "adopting.md" | "moving.md" | "rules.md" | "sources.md";
  /** Declares its stacks. */
  readonly declare: (app: App) => void;
  /** What the recipe reads, by path. */
  readonly reads?: Readonly<Record<string, string>>;
}

export const recipes: readonly Recipe[] = [
  {
    file: "brands.ts",
    declare: brandStacks,
    reads: {
      "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
      "apps/shop/.env.staging": "NEXT_PUBLIC_SITE_URL=https://staging.example.com\n",
      "apps/outlet/.env.production": "NEXT_PUBLIC_SITE_URL=https://outlet.example.com\n",
      "apps/outlet/.env.staging": "NEXT_PUBLIC_SITE_URL=https://staging.outlet.example.net\n",
    },
  },
  {
    file: "own-stack.ts",
    declare: (app: App): void => {
      new SupportStack(app, "support");
    },
  },
  {
    file: "existing-deployment.ts",
    declare: (app: App): void => {
      const stack = new TerraformStack(app, "page");
      new GenesyscloudProvider(stack, "Genesys");
      const environment = nextEnvironment("careers", { kind: "staging", addresses: ["https://careers.example.com"] });
      new WebMessenger(stack, "Careers", { environment, defaultLanguage: "en-us" }); // what there is to review
      new TerraformOutput(stack, "snippet", { value: supportSnippet(stack) });
    },
  },
  { file: "regions.ts", declare: regionStacks },
  { file: "organisations.ts", declare: worldwideStack },
  { file: "shared-configuration.ts", declare: sitesStack },
  { file: "shared-across-stacks.ts", declare: siteStacks },
  {
    file: "adopted-brand.ts",
    declare: adoptedBrandStacks,
    reads: {
      "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
      "apps/outlet/.env.production": "NEXT_PUBLIC_SITE_URL=https://outlet.example.com\n",
    },
  },
  { file: "adopted-sites.ts", document: "adopting.md", declare: adoptedSitesStack },
  {
    file: "flow-by-name.ts",
    declare: (app: App): void => {
      const of = (kind: EnvironmentKind) => nextEnvironment(kind, { kind, addresses: [`https://${kind}.example.com`] });
      answeredStacks(app, environmentKinds.map(of));
    },
  },
  { file: "flow-per-environment.ts", declare: supportStacks },
  {
    file: "left-out.ts",
    declare: shopStack,
    reads: {
      "apps/shop/next.config.mjs": `export default {
        experimental: {
          serverActions: { allowedOrigins: ["www.example.com", "*.ngrok-free.app", "shop-git-main.vercel.app"] },
        },
      };\n`,
      "apps/shop/.env.production": "ORIGINS=https://shop.example.com,https://api.example.com\n",
    },
  },
  { file: "aspects.ts", declare: governedStacks },
  { file: "references.ts", declare: pageStacks },
  { file: "cors.ts", declare: uploadStack },
  { file: "renamed.ts", document: "moving.md", declare: renamedStack },
  { file: "renamed-stack.ts", document: "moving.md", declare: renamedMessengerStack },
  { file: "out-of-a-monolith.ts", document: "moving.md", declare: ownStacks },
  {
    file: "late-address.ts",
    document: "sources.md",
    declare: (app: App): void => {
      const environment = nextEnvironment("tenant", { kind: "staging", addresses: ["https://tenant.example.com"] });
      const stack = new MessengerStack(app, "tenant", { environment, defaultLanguage: "en-us" });
      admitTenant(stack, stack.messenger);
    },
  },
  {
    file: "acknowledged.ts",
    document: "rules.md",
    declare: (app: App): void => {
      new MessengerStack(app, "production", { environment: production, defaultLanguage: "en-us" });
    },
  },
];

/** Code whose imports each take one line: their longer names on cdktn make Prettier break some. */
export function onOneLine(code: string): string {
  return code.replaceAll(/import \{\n([^}]*?),\n\} from/g, (_, names: string) => {
    return `import { ${names.trim().replaceAll(/,\s+/g, ", ")} } from`;
  });
}

/** The recipe's code as a reader of the documentation has it: for cdktn, as all examples there are. */
export function codeOf({ file }: Pick<Recipe, "file">): string {
  const code = readFileSync(join(__dirname, file), "utf8");
  return onCore(
    "cdktn",
    code
      .replaceAll(`"../../lib/testing"`, `"cdktf-genesys-messenger/testing/jest"`)
      .replaceAll(`"../../lib`, `"cdktf-genesys-messenger`),
  );
}

/**
 * An app with the stacks of a recipe.
 *
 * @param outdir where `app.synth()` writes
 */
export function appOf({ declare, reads = {} }: Recipe, outdir = tmpdir()): App {
  const app = new App({ outdir });
  if (Object.keys(reads).length === 0) {
    declare(app);
    return app;
  }
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "recipe-"));
  try {
    for (const [path, text] of Object.entries(reads)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    process.chdir(folder);
    declare(app);
    allowLists(app); // reads the files while they are there
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
  return app;
}
