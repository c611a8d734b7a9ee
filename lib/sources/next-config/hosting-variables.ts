/**
 * The variables that a hosting platform sets while it builds an application. A configuration that reads one of them does something
 * else there than on a machine without it, so leaving it out is an error.
 */
export const hostingVariables: readonly { readonly platform: string; readonly names: RegExp }[] = [
  { platform: "Vercel", names: /^(?:NEXT_PUBLIC_)?VERCEL(?:_\w+)?$|^NOW_\w+$/ },
  {
    platform: "Netlify",
    names:
      /^(?:NETLIFY(?:_\w+)?|CONTEXT|URL|DEPLOY_(?:URL|PRIME_URL|ID)|BRANCH|HEAD|COMMIT_REF|CACHED_COMMIT_REF|PULL_REQUEST|REVIEW_ID|SITE_(?:NAME|ID))$/,
  },
  { platform: "Cloudflare", names: /^(?:CF_PAGES|WORKERS_CI)(?:_\w+)?$/ },
  {
    platform: "AWS Amplify",
    names: /^(?:AWS_(?:APP_ID|BRANCH|BRANCH_ARN|COMMIT_ID|JOB_ID|PULL_REQUEST_\w+)|AMPLIFY_\w+)$/,
  },
  {
    platform: "Firebase App Hosting",
    names: /^(?:FIREBASE_(?:CONFIG|WEBAPP_CONFIG)|K_(?:SERVICE|REVISION|CONFIGURATION))$/,
  },
  { platform: "Azure Static Web Apps", names: /^WEBSITE_(?:HOSTNAME|SITE_NAME|SLOT_NAME|STATICWEBAPP_\w+)$/ },
  { platform: "Render", names: /^(?:RENDER(?:_\w+)?|IS_PULL_REQUEST)$/ },
  { platform: "Railway", names: /^RAILWAY_\w+$/ },
  { platform: "Fly.io", names: /^FLY_\w+$/ },
  { platform: "Heroku", names: /^(?:HEROKU_\w+|DYNO)$/ },
];

/** The platform that sets a variable. */
export function hostingPlatformOf(name: string): string | undefined {
  return hostingVariables.find(({ names }) => names.test(name))?.platform;
}
