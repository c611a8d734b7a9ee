import { Construct, type IConstruct } from "constructs";
import { type AwsRegion } from "../genesys/regions";
import { type ContentSecurityPolicy, contentSecurityPolicy } from "./content-security-policy";
import { inOwnCore } from "./core";
import { type MessengerEnvironmentVariables, messengerEnvironmentVariables } from "./environment-variables";
import { findLocalStates } from "./local-states";
import { quietenOutputs } from "./output-warning";
import { defaultRegion, regionOf } from "./region";
import { messengerSnippet } from "./snippet";

/** A Messenger's deployment, whether this app makes it or only refers to it. */
export interface IWebMessenger extends IConstruct {
  /** The deployment's id, a Terraform token unless it was given. */
  readonly deploymentId: string;
  /** The AWS name of the organisation's region. */
  readonly region: AwsRegion;
  /** The script element that starts the Messenger on a page. See `messengerSnippet` for a nonce. */
  readonly snippet: string;
  /** What a Next.js application needs to know of its Messenger. */
  readonly environmentVariables: MessengerEnvironmentVariables;
  /** What a page's Content-Security-Policy must admit, host by host. See `contentSecurityPolicy` for the wide form. */
  readonly contentSecurityPolicy: ContentSecurityPolicy;
}

/** What follows from a deployment's id and the region that it is in. */
export abstract class WebMessengerBase extends Construct implements IWebMessenger {
  abstract readonly deploymentId: string;
  readonly region: AwsRegion;

  /** @throws when the region is not one of Genesys Cloud's, or the app is made with the other core */
  constructor(scope: Construct, id: string, region: AwsRegion = defaultRegion) {
    super(inOwnCore(scope, "WebMessenger", id), id);
    regionOf(region);
    this.region = region;
    findLocalStates(this);
    quietenOutputs();
  }

  get snippet(): string {
    return messengerSnippet(this);
  }

  get environmentVariables(): MessengerEnvironmentVariables {
    return messengerEnvironmentVariables(this);
  }

  get contentSecurityPolicy(): ContentSecurityPolicy {
    return contentSecurityPolicy(this);
  }
}
