import { type WebdeploymentsConfigurationMessengerAppsKnowledge } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, nonEmpty, object, required } from "../../base/shape";

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

export const knowledgeShape = object<KnowledgeProps>({
  knowledgeBaseId: required(nonEmpty("the id of the knowledge base that visitors search")),
  enabled: flag,
});
