import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The folders of lib/ and what each may import. Arrows point one way, so that a folder can be understood, tested and
 * replaced without the ones that use it.
 */
const mayImport = {
  base: [],
  genesys: ["base"],
  origins: ["base", "genesys"],
  sources: ["base", "origins"],
  pull: ["base", "origins", "sources"],
  programs: ["base", "sources"],
  messenger: ["base", "genesys", "origins", "sources"],
  testing: ["base", "origins", "sources", "messenger", "terraform"],
  codegen: ["base", "genesys", "origins", "sources", "messenger"],
  platform: ["base", "genesys"],
  audit: ["base", "genesys", "origins", "platform"],
  terraform: ["base", "genesys", "origins", "programs"],
  operations: ["base", "genesys", "origins", "platform", "audit", "terraform"],
  cli: [
    "base",
    "genesys",
    "origins",
    "sources",
    "pull",
    "programs",
    "codegen",
    "platform",
    "audit",
    "terraform",
    "operations",
  ],
};

/** Only these may load a core; everything else stays usable, and quick to load, without it. */
const loadsCore = ["messenger", "testing"];

const directions = Object.entries(mayImport).map(([folder, allowed]) => {
  const forbidden = Object.keys(mayImport).filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${[...forbidden, "index", "environments", "addresses", "props"].join("|")})(/|$)`,
      message: `lib/${folder} may import: ${allowed.join(", ") || "nothing"}.`,
    },
    { regex: "^(\\.\\./)+$", message: "Import the module that declares it, not the public index." },
  ];
  patterns.push({ regex: "^(\\.\\./)+packages(/|$)", message: "Import a package by its name." });
  if (folder !== "cli") {
    patterns.push({ regex: "^genesys-cloud-sandbox(/|$)", message: "Only lib/cli may load the sandbox." });
  }
  patterns.push({
    regex: "^(cdktn|@cdktf/provider-genesyscloud/cdktn)(/|$)",
    message: "lib/ is written for cdktf: scripts/build.mjs makes what loads cdktn.",
  });
  if (!loadsCore.includes(folder)) {
    patterns.push({
      regex: "^(cdktf|constructs|@cdktf/provider-genesyscloud/lib)(/|$)",
      message: `Only ${loadsCore.map((name) => `lib/${name}`).join(" and ")} may load a core.`,
    });
  }
  return { files: [`lib/${folder}/**/*.ts`], rules: { "no-restricted-imports": ["error", { patterns }] } };
});

/** What the sandbox may take of the library: the facts of Genesys Cloud, and the shared basics. The build bundles them into it. */
const ofLibrary = ["base", "genesys"];

const sandboxDirections = {
  files: ["packages/sandbox/lib/**/*.ts"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(\\.\\./)+lib/(?!(${ofLibrary.join("|")})/)`,
            message: `packages/sandbox may import of lib/: ${ofLibrary.join(", ")}.`,
          },
          {
            regex: "^((\\.\\./)+(index)?|genesys-cloud-sandbox)$",
            message: "Import the module that declares it, not the public index.",
          },
          {
            regex: "^(cdktf|cdktn|constructs|cdktf-genesys-messenger|@cdktf/.*)(/|$)",
            message: "The sandbox needs neither a core nor the library.",
          },
        ],
      },
    ],
  },
};

export default defineConfig(
  globalIgnores([
    "**/node_modules/",
    "dist/",
    "packages/*/dist*/",
    "cdktf.out/",
    ".sandbox/",
    "**/.next/",
    "**/next-env.d.ts",
    "packages/provider-genesyscloud/lib/",
    "packages/provider-genesyscloud/cdktn/",
    "packages/provider-genesyscloud/.generated/",
    "coverage/",
    "reports/",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
    },
  },
  directions,
  sandboxDirections,
  {
    // Interfaces of a test runner are merged: they have to repeat type parameters that they do not use.
    files: ["lib/testing/*.d.ts"],
    rules: { "@typescript-eslint/no-unused-vars": "off" },
  },
  {
    files: ["**/*.{mjs,cjs,js}"],
    languageOptions: {
      globals: Object.fromEntries(
        ["console", "process", "URL", "performance", "module", "require", "__dirname"].map((name) => [
          name,
          "readonly",
        ]),
      ),
    },
  },
);
