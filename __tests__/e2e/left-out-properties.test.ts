import { type WebMessengerProps, MessengerStack, nextEnvironment } from "../../lib";
import { DeclaredProject } from "./declared-project";
import { needsTerraform } from "./terraform";
import { someOf } from "../in-full";

type Properties = Partial<Omit<WebMessengerProps, "environment">>;

/** What an audit says of a Messenger. */
interface Said {
  readonly verdict: string;
  readonly drifts: readonly { readonly kind: string; readonly mendedBy: string; readonly message: string }[];
  readonly notes: readonly string[];
}

/** A property that was deployed and that the program leaves out now. */
interface Row {
  readonly name: string;
  readonly before: Properties;
  readonly after: Properties;
  /** Whether Terraform plans a change. */
  readonly plan: boolean;
  /** What the provider keeps after a deploy: blocks are a drift, values are noted. */
  readonly blocks?: readonly string[];
  readonly notes?: readonly string[];
}

const agent = { allowCamera: true };
const backgroundImageUrl = "https://www.example.com/office.png";
const supportedContent = { id: "5a9db0c5-0000-4000-8000-000000000041" };

const properties: readonly Row[] = [
  {
    name: "video.agent",
    before: { video: { agent, user: agent } },
    after: { video: { user: agent } },
    plan: false,
    blocks: ["video.agent"],
  },
  {
    name: "both sides of video",
    before: { video: { agent: {}, user: agent } },
    after: { video: {} },
    plan: false,
    blocks: ["video.agent", "video.user"],
  },
  {
    name: "the picture behind agents, which is no longer shown",
    before: { video: { agent: { ...agent, backgroundImageUrl } } },
    after: { video: { agent } },
    plan: true,
    blocks: ["video.agent.background_image"],
  },
  { name: "video", before: { video: { agent } }, after: {}, plan: true },
  {
    name: "agents that may show nothing now",
    before: { video: { agent } },
    after: { video: { agent: {} } },
    plan: true,
  },
  {
    name: "a side that allowed nothing, for the side of agents",
    before: { video: { user: {} } },
    after: { video: {} },
    plan: false,
  },
  { name: "conversations", before: { conversations: { autoStartEnabled: true } }, after: {}, plan: true },
  {
    name: "knowledge",
    before: { knowledge: { knowledgeBaseId: "5a9db0c5-0000-4000-8000-000000000031" } },
    after: {},
    plan: true,
  },
  {
    name: "the persistence of sessions",
    before: { sessionPersistenceType: "DomainOrSubdomainOnly" },
    after: {},
    plan: false,
    notes: ['messenger.session_persistence_type = "DomainOrSubdomainOnly"'],
  },
  {
    name: "the duration of sessions",
    before: { conversations: { sessionDurationSeconds: 100 } },
    after: { conversations: {} },
    plan: false,
    notes: ["messenger.apps.conversations.session_duration_seconds = 100"],
  },
  {
    name: "supported content",
    before: { supportedContent },
    after: {},
    plan: false,
    notes: [`supported_content_id = "${supportedContent.id}"`],
  },
];

const tried = someOf(properties, (_, index) => [0, 2, 3, 5, 8].includes(index));

// A stack for each row: five runs of the command answer for all of them.
needsTerraform("a property that the program leaves out after it was deployed", () => {
  let project: DeclaredProject;
  const plans = new Map<string, boolean>();
  const audited = new Map<string, Said>();
  const deployed = new Map<string, Said>();
  let exitCodes: readonly (number | null)[];

  const stackOf = (index: number): string => `row-${index}`;
  const declare = (propertiesOf: (row: Row) => Properties): void => {
    project.declare((app) => {
      tried.forEach((row, index) => {
        const addresses = [`https://shop-${index}.example.com`];
        const environment = nextEnvironment(stackOf(index), { kind: "production", addresses });
        new MessengerStack(app, stackOf(index), { environment, defaultLanguage: "en-us", ...propertiesOf(row) });
      });
    });
  };
  const audit = async (into: Map<string, Said>): Promise<number | null> => {
    const { code, stdout } = await project.origins("audit", "--json");
    const said = JSON.parse(stdout) as readonly (Said & { readonly stack: string })[];
    for (const each of said) into.set(each.stack, each);
    return code;
  };

  beforeAll(async () => {
    project = await DeclaredProject.start();
    declare(({ before }) => before);
    await project.deploy();
    declare(({ after }) => after);
    const { stdout } = await project.origins("plan", "--json");
    const planned = JSON.parse(stdout) as readonly { readonly stack: string; readonly hasChanges: boolean }[];
    for (const { stack, hasChanges } of planned) plans.set(stack, hasChanges);
    const first = await audit(audited);
    const deploy = await project.origins("deploy", "--auto-approve");
    exitCodes = [first, deploy.code, await audit(deployed)];
  });
  afterAll(() => project.close());

  test.each(tried.map((row, index) => ({ ...row, index })))("$name", ({ index, plan, blocks = [], notes = [] }) => {
    const [before, after] = [audited.get(stackOf(index)), deployed.get(stackOf(index))];
    expect(plans.get(stackOf(index))).toBe(plan);
    expect(before?.verdict).toBe(plan || blocks.length > 0 ? "drift" : "equal");
    expect(after?.verdict).toBe(blocks.length > 0 ? "drift" : "equal");
    expect(after?.drifts).toEqual(
      blocks.length === 0
        ? []
        : [
            {
              kind: "undeployed-change",
              mendedBy: "person",
              message: expect.stringContaining(
                `Genesys has blocks that the program omits (${blocks.join(", ")})`,
              ) as string,
            },
          ],
    );
    expect(after?.notes).toEqual(notes.map((note) => expect.stringContaining(note) as string));
  });

  test("audits and deploys end with 2 while anything is kept", () => {
    expect(exitCodes).toEqual([2, 2, 2]);
  });
});
