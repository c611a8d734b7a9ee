import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseAppCommand } from "../../lib/programs/app-command";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "app-command-")));
const scripts = {
  synth: "tsx main.ts",
  start: "npm run --silent synth",
  build: "tsc",
  inside: "cd src && node main.ts",
  circle: "npm run circle",
};
beforeAll(() => {
  const files = {
    "package.json": JSON.stringify({ scripts }),
    "main.ts": "",
    "src/main.ts": "",
    "src/app.mts": "",
    "dist/main.js": "",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ["node --require ts-node/register main.ts", "ts-node", "main.ts"],
  ["node -r ts-node/register/transpile-only main.ts", "ts-node", "main.ts"],
  ["node --loader ts-node/esm main.ts", "ts-node", "main.ts"],
  ["npx ts-node main.ts", "ts-node", "main.ts"],
  ["npx ts-node main", "ts-node", "main.ts"],
  ["npx ts-node --swc -P tsconfig.cdktf.json src/main.ts", "ts-node", "src/main.ts"],
  [`ts-node -O '{"module":"commonjs"}' main.ts`, "ts-node", "main.ts"],
  ["ts-node-esm src/app.mts", "ts-node", "src/app.mts"],
  ["tsx main.ts", "tsx", "main.ts"],
  ["tsx ./src/../main.ts", "tsx", "main.ts"],
  ["npx tsx src/main.ts", "tsx", "src/main.ts"],
  ["npx --yes tsx@4 main.ts", "tsx", "main.ts"],
  ["npx -p tsx tsx main.ts", "tsx", "main.ts"],
  ["npm exec -- tsx main.ts", "tsx", "main.ts"],
  ["pnpm exec tsx main.ts", "tsx", "main.ts"],
  ["pnpm tsx main.ts", "tsx", "main.ts"],
  ["yarn run tsx main.ts", "tsx", "main.ts"],
  ["tsx --tsconfig tsconfig.cdktf.json main.ts", "tsx", "main.ts"],
  ["node --import tsx main.ts", "tsx", "main.ts"],
  ["node --import=tsx --env-file .env main.ts", "tsx", "main.ts"],
  ["node node_modules/tsx/dist/cli.mjs main.ts", "tsx", "main.ts"],
  ["node_modules/.bin/tsx main.ts", "tsx", "main.ts"],
  ["node main.ts", "node", "main.ts"],
  ["node main.ts --verbose other.ts", "node", "main.ts"],
  ["node --disable-warning=ExperimentalWarning src/app.mts", "node", "src/app.mts"],
  ["NODE_ENV=production node main.ts", "node", "main.ts"],
  ["npx cross-env A=b tsx main.ts", "tsx", "main.ts"],
  ["npx dotenv -e .env -- tsx main.ts", "tsx", "main.ts"],
  [`"/usr/local/bin/node" "main.ts"`, "node", "main.ts"],
  ["npm run build && node dist/main.js", "node", "dist/main.js"],
  ["cd src && tsx main.ts", "tsx", "src/main.ts"],
  ["bun run main.ts", "other", "main.ts"],
  ["npm run synth", "tsx", "main.ts"],
  ["npm run --silent synth -- --verbose", "tsx", "main.ts"],
  ["npm start", "tsx", "main.ts"],
  ["pnpm synth", "tsx", "main.ts"],
  ["yarn run inside", "node", "src/main.ts"],
  ["npm run circle", "other", undefined],
  ["npm run nowhere", "other", undefined],
  ["make synth", "other", undefined],
  ["./gradlew run", "other", undefined],
  ["", "other", undefined],
])("%j is the program of %s in %s", (command, runner, file) => {
  expect(parseAppCommand(command, folder)).toEqual({ runner, file });
});
