import { type WebdeploymentsConfigurationMessengerAppsKnowledge } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type PropertyCheck } from "../property-check";

/** Articles of a knowledge base inside the Messenger. */
export interface KnowledgeProps {
  /** The id of the knowledge base. */
  readonly knowledgeBaseId: string;
  /**
   * Whether visitors can search it.
   * @default true
   */
  readonly enabled?: boolean;
}

export function knowledge({
  enabled = true,
  knowledgeBaseId,
}: KnowledgeProps): WebdeploymentsConfigurationMessengerAppsKnowledge {
  return { enabled, knowledgeBaseId };
}

export function checkKnowledge({ knowledgeBaseId }: KnowledgeProps, check: PropertyCheck): void {
  check.required("knowledgeBaseId", knowledgeBaseId, "write the id of the knowledge base that visitors search");
}
