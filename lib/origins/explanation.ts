import { type AllowedDomain } from "./allow-list";
import { type Host } from "./host";

/** Whether a page is admitted, and why. */
export type Explanation =
  | {
      readonly admitted: true;
      readonly host: Host;
      /** `entry`: the host is listed; `parent`: a name above it is; `everything`: all domains are allowed. */
      readonly by: "entry" | "parent" | "everything";
      /** The entry that admits it; absent where everything is admitted. */
      readonly entry?: AllowedDomain;
      readonly message: string;
    }
  | {
      readonly admitted: false;
      /** Absent where the value is no page address. */
      readonly host?: Host;
      /** The entry that comes closest; absent where none has anything in common with the host. */
      readonly nearest?: AllowedDomain;
      readonly message: string;
      /** What to do so that the page is admitted; it names the entry that would admit it. */
      readonly remedy: string;
    };
