import { type ByHandStep } from "../scenario";

/** A change to the deployment in the administrator's page. */
export const edited = (body: object): ByHandStep => ({ byHand: "PUT deployments/{deployment}", body });

/** What a person does there who publishes the configuration with other languages. */
export const published: readonly ByHandStep[] = [
  { byHand: "PUT configurations/{configuration}/versions/draft", body: { languages: ["en-us", "de"] } },
  { byHand: "POST configurations/{configuration}/versions/draft/publish" },
];

/** … and lets the deployment show what was published. */
export const pointedToIt = edited({ configuration: { id: "{configuration}", version: "2" } });
