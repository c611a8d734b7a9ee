import { type Scenario, type Step } from "../scenario";

const shop = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" };

/** A published configuration and a deployment, made by hand. */
const made: readonly Step[] = [
  { byHand: "POST configurations", body: shop },
  { byHand: "POST configurations/{configuration}/versions/draft/publish" },
  {
    byHand: "POST deployments",
    body: { name: "Shop", allowAllDomains: true, configuration: { id: "{configuration}" } },
  },
];

interface LookUp {
  readonly type: string;
  readonly config: object;
  readonly calls: readonly string[];
  readonly found: object;
}

const lookUps: readonly LookUp[] = [
  {
    type: "genesyscloud_webdeployments_deployment",
    config: { name: "Shop" },
    calls: ["GET deployments"],
    found: { id: "{deployment}", name: "Shop" },
  },
  {
    type: "genesyscloud_webdeployments_configuration",
    config: { name: "Shop" },
    calls: ["GET configurations?showOnlyPublished=false", "GET configurations/{configuration}/versions"],
    found: { id: "{configuration}", name: "Shop", version: "1" },
  },
  {
    type: "genesyscloud_flow",
    config: { name: "Inbound Messages", type: "inboundshortmessage" },
    calls: ["GET flows?includeSchemas=true&name=Inbound Messages&pageNumber=1&pageSize=500&type=inboundshortmessage"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000011" },
  },
  {
    type: "genesyscloud_flow",
    config: { name: "Inbound Messages" },
    calls: ["GET flows?includeSchemas=true&name=Inbound Messages&pageNumber=1&pageSize=500"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000011", type: null },
  },
  {
    type: "genesyscloud_integration",
    config: { name: "Messenger Sign-in" },
    calls: ["GET integrations?pageNumber=1&pageSize=100"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000021" },
  },
  {
    type: "genesyscloud_knowledge_knowledgebase",
    config: { name: "Help Centre", core_language: "en-US" },
    calls: [
      "GET knowledge/knowledgebases?pageSize=100&published=true",
      "GET knowledge/knowledgebases?pageSize=100&published=false",
    ],
    found: { id: "5a9db0c5-0000-4000-8000-000000000031" },
  },
  {
    type: "genesyscloud_conversations_messaging_supportedcontent",
    config: { name: "Default" },
    calls: ["GET conversations/messaging/supportedcontent?pageNumber=1&pageSize=100"],
    found: { id: "5a9db0c5-0000-4000-8000-000000000041" },
  },
];

const lookUp = (type: string, config: object): object => ({
  data: { [type]: { found: config } },
  output: { found: { value: `\${data.${type}.found}` } },
});

export const dataSources: readonly Scenario[] = [
  ...lookUps.map(({ type, config, calls, found }): Scenario => ({
    name: `${type} ${JSON.stringify(config)}`,
    steps: [...made, { terraform: "apply", of: lookUp(type, config), exit: 0, calls, leaves: { outputs: { found } } }],
  })),
  {
    name: "genesyscloud_organizations_me",
    steps: [
      {
        terraform: "apply",
        of: lookUp("genesyscloud_organizations_me", {}),
        exit: 0,
        calls: [], // the same call as the one that gets the provider ready
        leaves: {
          outputs: {
            found: { name: "Sandbox", domain: "sandbox", default_country_code: "US", voicemail_enabled: false },
          },
        },
      },
    ],
  },
  ...lookUps
    .filter(({ type }) => type.startsWith("genesyscloud_webdeployments_"))
    .map(({ type, config, calls }): Scenario => ({
      name: `${type} ${JSON.stringify(config)}: nothing of exactly that name is an error`,
      // Nothing was found, so nothing is asked of it.
      steps: [
        ...made,
        { terraform: "plan", of: lookUp(type, { ...config, name: "shop" }), exit: 1, calls: calls.slice(0, 1) },
      ],
    })),
  {
    name: "genesyscloud_flow: nothing of exactly that name is asked for again, and then an error",
    steps: [
      {
        terraform: "plan",
        of: lookUp("genesyscloud_flow", { name: "shop" }),
        exit: 1,
        calls: ["GET flows?includeSchemas=true&name=shop&pageNumber=1&pageSize=500 again and again"],
      },
    ],
  },
  ...[
    {
      type: "genesyscloud_knowledge_knowledgebase",
      config: { name: "help centre", core_language: "en-US" },
      calls: ["true", "false"].map((published) => `GET knowledge/knowledgebases?pageSize=100&published=${published}`),
    },
    {
      type: "genesyscloud_conversations_messaging_supportedcontent",
      config: { name: "default" },
      calls: ["GET conversations/messaging/supportedcontent?pageNumber=1&pageSize=100 again and again"],
    },
  ].map(({ type, config, calls }): Scenario => ({
    name: `${type}: nothing of exactly that name is not an error, and has no id`,
    steps: [
      {
        terraform: "apply",
        of: lookUp(type, config),
        exit: 0,
        calls,
        leaves: { outputs: { found: { id: null } } },
      },
    ],
  })),
  {
    name: "of several with the same name, the first of the list",
    steps: [
      ...made,
      {
        byHand: "POST deployments",
        body: { name: "Shop", allowAllDomains: true, configuration: { id: "{configuration}" } },
      },
      {
        terraform: "apply",
        of: lookUp("genesyscloud_webdeployments_deployment", { name: "Shop" }),
        exit: 0,
        calls: ["GET deployments"],
        leaves: { outputs: { found: { id: "{deployment}" } } },
      },
    ],
  },
];
