import { colors as pc } from "../colors";
import { policyAdmits } from "../../genesys/host-check";
import { Http, PublicFiles } from "../../live";
import { UserError } from "../../base/errors";
import { printReport } from "../output";

/** A page that a visitor opens, and whether the Messenger should start on it. */
export interface Page {
  readonly host: string;
  readonly expected: "starts" | "blocked";
}

/**
 * Asks for the deployment's public list, as a browser on each page would, and shows what the Messenger's own check
 * decides there.
 *
 * @throws UserError when a page does not turn out as expected: the story would not be true
 */
export async function visit(publicFiles: string, deploymentId: string, pages: readonly Page[]): Promise<void> {
  const live = await new PublicFiles(new Http(), publicFiles).domains(deploymentId);
  if (live.outcome !== "served") {
    const reason = "reason" in live ? live.reason : "there is no such deployment";
    throw new UserError(`The allowed domains of deployment ${deploymentId} cannot be read: ${reason}.`);
  }
  for (const { host, expected } of pages) {
    const outcome = policyAdmits(live.content, host) ? "starts" : "blocked";
    printReport(outcome === "starts" ? `  ${pc.green("✔")} ${host}` : `  ${pc.red("✖")} ${host} ${pc.red("blocked")}`);
    if (outcome !== expected) throw new UserError(`"${host}" should be "${expected}" here, and is "${outcome}".`);
  }
}
