import { sharedParents } from "./shared-parents";

/**
 * The commonest names of the Public Suffix List under which anybody can have a host, for whoever cannot ask the whole list:
 * a Terraform expression. Checked against the list by a test, so that nothing is refused here that the rule lets pass.
 */
const listed = `
  vercel.app vercel.dev now.sh vercel.run v0.build netlify.app amplifyapp.com cloudfront.net elasticbeanstalk.com
  pages.dev workers.dev trycloudflare.com run.app a.run.app web.app firebaseapp.com hosted.app appspot.com
  azurestaticapps.net azurewebsites.net azurefd.net trafficmanager.net onrender.com fly.dev up.railway.app herokuapp.com
  ondigitalocean.app deno.dev github.io gitlab.io surge.sh csb.app replit.app repl.co lovable.app zeabur.app
  ngrok-free.app ngrok.io ngrok.app
  com net org io dev app co.uk org.uk com.au com.br com.mx com.tr co.jp co.nz co.za co.in co.kr`;

/** A name that is shared, and the names below it that are shared in the same way. */
export interface SharedSuffix {
  readonly name: string;
  readonly below?: RegExp;
}

/** {@link sharedParents}, and the commonest of the Public Suffix List. */
export const commonSuffixes: readonly SharedSuffix[] = [
  ...listed
    .trim()
    .split(/\s+/)
    .filter((name) => !sharedParents.some((shared) => shared.name === name))
    .map((name) => ({ name })),
  ...sharedParents,
];
