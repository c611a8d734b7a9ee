/**
 * The variables that hold the address of a Next.js application's own pages, by the conventions of well-known starters,
 * authentication libraries and Vercel. They are what `envFile` reads when no variable is named.
 *
 * Not among them: addresses of something else than pages (`NEXTAUTH_URL_INTERNAL`, `*_API_URL`, `DATABASE_URL`,
 * `NEXT_PUBLIC_SUPABASE_URL`), of other sites (`NEXT_PUBLIC_DOCS_URL`) and the domains of cookies.
 */
export const pageAddressVariables: readonly string[] = [
  // A URL.
  "NEXT_PUBLIC_SITE_URL",
  "NEXT_PUBLIC_APP_URL",
  "NEXT_PUBLIC_BASE_URL",
  "NEXT_PUBLIC_SERVER_URL",
  "NEXT_PUBLIC_WEBAPP_URL",
  "NEXT_PUBLIC_WEBSITE_URL",
  "SITE_URL",
  "APP_ORIGIN",
  "NEXTAUTH_URL",
  "AUTH_URL",
  "BETTER_AUTH_URL",
  // A host, by some written with a scheme.
  "NEXT_PUBLIC_APP_DOMAIN",
  "NEXT_PUBLIC_APP_SHORT_DOMAIN",
  "NEXT_PUBLIC_ROOT_DOMAIN",
  "NEXT_PUBLIC_VERCEL_URL",
  "NEXT_PUBLIC_VERCEL_BRANCH_URL",
  "NEXT_PUBLIC_VERCEL_PROJECT_PRODUCTION_URL",
  "VERCEL_URL",
  "VERCEL_BRANCH_URL",
  "VERCEL_PROJECT_PRODUCTION_URL",
];
