import { isUnder } from "./hostname";

/** A platform that gives every deployment a separate host, and what the allow-list has to know of those hosts. */
interface Platform {
  readonly name: string;
  /** The name that its hosts lie under. */
  readonly suffix: string;
  /** The form of its preview hosts, for a reader. */
  readonly previewHosts: string;
  /** Matches what stands in front of the suffix, without the dot, where the host can only be that of a preview. */
  readonly preview: RegExp;
  /**
   * Matches what stands in front of the suffix in the one entry that admits the previews, and no one else's host, starting
   * from any host of the application. Absent where previews are siblings of the application's host, so that only an entry
   * each admits them.
   */
  readonly ownPreviewParent?: RegExp;
}

/** One label at the end: the application or the account, whose subdomains no one else can have. */
const lastLabel = /[^.]+$/;

/**
 * Whether a host is that of a preview is told by its form alone, so the patterns take only what nothing else looks like: a
 * preview that slips through costs a warning, a production host that is refused costs a deployment.
 */
export const platforms: readonly Platform[] = [
  {
    name: "Vercel",
    suffix: "vercel.app",
    previewHosts: "<project>-git-<branch>-<scope>.vercel.app and <project>-<9 characters>-<scope>.vercel.app",
    // Nine characters with letters between digits are not a word of a project's name; the others may be, and pass.
    preview: /^[a-z0-9-]+-(?:git-[a-z0-9-]+-[a-z0-9-]+|(?=[a-z]*\d+[a-z]+\d)[a-z0-9]{9}-[a-z0-9-]+)$/,
  },
  {
    name: "Netlify",
    suffix: "netlify.app",
    previewHosts:
      "deploy-preview-<n>--<site>.netlify.app, <branch>--<site>.netlify.app and <deploy id>--<site>.netlify.app",
    preview: /^[^.]+--[^.]+$/,
  },
  {
    name: "AWS Amplify",
    suffix: "amplifyapp.com",
    previewHosts: "pr-<n>.<app id>.amplifyapp.com and <branch>.<app id>.amplifyapp.com",
    preview: /^pr-\d+\.[^.]+$/,
    ownPreviewParent: lastLabel,
  },
  {
    name: "Cloudflare Pages",
    suffix: "pages.dev",
    previewHosts: "<hash>.<project>.pages.dev and <branch>.<project>.pages.dev",
    preview: /^[^.]+\.[^.]+$/,
    ownPreviewParent: lastLabel,
  },
  {
    name: "Cloudflare Workers",
    suffix: "workers.dev",
    previewHosts: "<version or alias>-<worker>.<account>.workers.dev",
    preview: /^[0-9a-f]{8}-[^.]+\.[^.]+$/,
    ownPreviewParent: lastLabel,
  },
  {
    name: "Google Cloud Run",
    suffix: "run.app",
    previewHosts: "<tag>---<service>-<hash>-<region>.a.run.app and <tag>---<service>-<number>.<region>.run.app",
    preview: /^[^.]+---[^.]+\.[^.]+$/,
  },
  {
    name: "Firebase Hosting",
    suffix: "web.app",
    previewHosts: "<site>--<channel>-<hash>.web.app",
    preview: /^[^.]+--[^.]+-[a-z0-9]{8}$/,
  },
  {
    name: "Firebase Hosting",
    suffix: "firebaseapp.com",
    previewHosts: "<site>--<channel>-<hash>.web.app",
    preview: /^[^.]+--[^.]+-[a-z0-9]{8}$/,
  },
  {
    name: "Firebase App Hosting",
    suffix: "hosted.app",
    previewHosts: "<backend>--<project>.<region>.hosted.app, one backend for each environment",
    preview: /^(?!)/,
  },
  {
    name: "Azure Static Web Apps",
    suffix: "azurestaticapps.net",
    previewHosts: "<name>-<pull request or branch>.<region>.<n>.azurestaticapps.net",
    preview: /^[^.]+-[^.]+\.[a-z]+\d*(?:\.\d+)?$/,
  },
  {
    name: "Render",
    suffix: "onrender.com",
    previewHosts: "<service>-pr-<n>.onrender.com",
    preview: /^[^.]+-pr-\d+$/,
  },
  {
    name: "Heroku",
    suffix: "herokuapp.com",
    previewHosts: "<app>-pr-<n>.herokuapp.com and <app>-pr-<n>-<hash>.herokuapp.com",
    preview: /^[^.]+-pr-\d+(?:-[0-9a-z]+)?$/,
  },
  {
    name: "Railway",
    suffix: "up.railway.app",
    previewHosts: "<service>-<project>-pr-<n>.up.railway.app",
    preview: /^[^.]+-pr-\d+$/,
  },
];

/** The platform that gave out the host, and what stands in front of its suffix. */
interface PlatformHost {
  readonly platform: Platform;
  readonly label: string;
}

/** Where the host comes from; undefined for a host that none of the known platforms gave out. */
export function platformHostOf(host: string): PlatformHost | undefined {
  const platform = platforms.find(({ suffix }) => isUnder(host, suffix));
  return platform && { platform, label: host.slice(0, -platform.suffix.length - 1) };
}

/** Whether the host can only be that of a deploy preview. */
export function isPreviewHost({ platform, label }: PlatformHost): boolean {
  return platform.preview.test(label);
}

/** The one entry that admits the previews of the application and no stranger; undefined where the platform has none. */
export function previewParentOf({ platform, label }: PlatformHost): string | undefined {
  const own = platform.ownPreviewParent?.exec(label)?.[0];
  return own === undefined ? undefined : `${own}.${platform.suffix}`;
}
