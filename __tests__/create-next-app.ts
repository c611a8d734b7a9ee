/** The compiler options of the language that create-next-app 16 writes. */
export const createNextAppOptions = {
  target: "ES2017",
  lib: ["dom", "dom.iterable", "esnext"],
  allowJs: true,
  skipLibCheck: true,
  strict: true,
  noEmit: true,
  esModuleInterop: true,
  module: "esnext",
  moduleResolution: "bundler",
  resolveJsonModule: true,
  isolatedModules: true,
  jsx: "react-jsx",
};

/** The whole tsconfig.json that it writes; `npm run test:full` compares it with the original. */
export const createNextAppConfig = {
  compilerOptions: {
    ...createNextAppOptions,
    incremental: true,
    plugins: [{ name: "next" }],
    paths: { "@/*": ["./*"] },
  },
  include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts", ".next/dev/types/**/*.ts", "**/*.mts"],
  exclude: ["node_modules"],
};
