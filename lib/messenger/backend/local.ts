import { LocalBackend } from "cdktf";
import { type BackendKind, text } from "./backend-kind";

/** State in a file on this machine: for one person, and for trying things out. */
export interface LocalState {
  readonly type: "local";
  /**
   * The file; a relative path starts in the folder where Terraform runs, `cdktf.out/stacks/<stack>`.
   * @default - `terraform.<stack>.tfstate` in the folder that holds `cdktf.out`
   */
  readonly path?: string;
}

export const local: BackendKind<LocalState> = {
  properties: { path: text },
  credentials: "none: a file needs no credentials",
  /** Relative, because the absolute path that the core would write differs from checkout to checkout. */
  nameOf: ({ path }, { stack }) => path ?? `../../../terraform.${stack}.tfstate`,
  placeOf: (_, path) => path,
  make: (stack, _, path) => new LocalBackend(stack, { path }),
};
