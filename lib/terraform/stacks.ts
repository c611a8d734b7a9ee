import { type DomainPolicy } from "../genesys/host-check";

/** One stack, as the last synthesis wrote it. */
export interface SynthesizedStack {
  readonly name: string;
  /** The absolute path of the folder that Terraform runs in. */
  readonly folder: string;
  /** The output `environment` that a MessengerStack writes: the name of the application's environment. */
  readonly environment?: string;
  readonly backend: StackBackend;
  /** The provider block's `aws_region`; absent where the environment variable decides. */
  readonly awsRegion?: string;
  /** Whether the provider block has a `gateway`. */
  readonly gateway: boolean;
  /** The names of the stacks that must be deployed before. */
  readonly dependencies: readonly string[];
  /** The deployments that the stack declares, in the order of their addresses. */
  readonly messengers: readonly DeclaredMessenger[];
}

/** Where a stack's state is kept. */
export interface StackBackend {
  /** Such as `local`, `s3` or `pg`; `local` too where the stack names none. */
  readonly type: string;
  /** The path of a local backend's state as it is written: relative to the stack's folder, or absolute. */
  readonly localPath?: string;
  /** The folder of a local backend's other workspaces, where the stack moves it. */
  readonly localWorkspaces?: string;
}

/** A deployment that a stack declares. */
export interface DeclaredMessenger {
  /** Such as `genesyscloud_webdeployments_deployment.Messenger_Deployment_C232A245`. */
  readonly address: string;
  /** The configuration of the same stack that it names by reference. */
  readonly configurationAddress?: string;
  readonly name: string;
  readonly status?: string;
  /** The domains that it declares; absent where a Terraform expression decides them. */
  readonly policy?: DomainPolicy;
}

/**
 * Reads the stacks that the last synthesis wrote.
 *
 * @param outdir the folder of the synthesis, such as `cdktf.out`
 * @throws StackError when nothing was synthesised, or when a file is broken
 */
export function readStacks(outdir: string): readonly SynthesizedStack[] {
  throw new Error(`not written yet: ${outdir}`);
}
