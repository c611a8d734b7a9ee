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
  "NEXT_PUBLIC_URL",
  "NEXT_PUBLIC_FRONTEND_URL",
  "NEXT_PUBLIC_SERVER_URL",
  "NEXT_PUBLIC_WEBAPP_URL",
  "NEXT_PUBLIC_WEBSITE_URL",
  "SITE_URL",
  "APP_URL",
  "BASE_URL",
  "APP_BASE_URL",
  "APP_ORIGIN",
  "NEXTAUTH_URL",
  "AUTH_URL",
  "AUTH0_BASE_URL",
  "BETTER_AUTH_URL",
  // A host, by some written with a scheme.
  "NEXT_PUBLIC_DOMAIN",
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

/** A part of a name that says that the variable holds an address. */
const addressName = /(?:^|_)(?:URLS?|URIS?|HOSTS?|HOSTNAMES?|DOMAINS?|ORIGINS?|SITES?|WEBSITES?)(?:_|$)/i;

/**
 * What such a variable holds the address of instead of pages, or a secret with it: a database, an API, a queue, a file store, an
 * image, a webhook, a cookie.
 */
const otherName =
  /(?:^|_)(?:API|APIS|GRAPHQL|GQL|REST|RPC|WS|WSS|SOCKETS?|WEBSOCKETS?|DATABASE|DB|POSTGRES|POSTGRESQL|PG|MYSQL|MONGO|MONGODB|REDIS|KV|SUPABASE|UPSTASH|TURSO|NEON|PRISMA|SHADOW|DIRECT|AMQP|RABBITMQ|KAFKA|NATS|SMTP|MAIL|EMAIL|IMAP|S3|R2|BUCKET|STORAGE|BLOB|CDN|ASSETS?|IMAGES?|MEDIA|STATIC|UPLOADS?|WEBHOOKS?|CALLBACK|REDIRECT|COOKIES?|SENTRY|DSN|OTEL|LOG|LOGS|PROXY|INTERNAL|BACKEND|SERVICE|ISSUER|JWKS?|TOKEN|SECRET|KEY|PASSWORD)(?:_|$)/i;

/** Whether a variable may hold a page address, by its name alone: one to propose, and not to read. */
export function mayHoldPageAddress(name: string): boolean {
  return addressName.test(name) && !otherName.test(name);
}
