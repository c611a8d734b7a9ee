import { isJsonObject, type JsonObject } from "../../packages/sandbox/lib/cloud/json";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { needsTerraform, Workspace } from "./terraform";

const type = "genesyscloud_webdeployments_configuration";

const flags = { allow_camera: true, allow_microphone: true, allow_screen_share: true };

/** A configuration with every block whose leaving out was measured. */
const full = {
  languages: ["en-us"],
  default_language: "en-us",
  messenger: {
    enabled: true,
    session_persistence_type: "AcrossSubdomains",
    launcher_button: { visibility: "On", icon: { url: "https://x.example.com/i.svg" } },
    styles: { primary_color: "#ff0000" },
    home_screen: { enabled: true, logo_url: "https://x.example.com/l.png" },
    file_upload: { enable_attachments: true, mode: [{ file_types: ["image/png"], max_file_size_kb: 10 }] },
    apps: {
      conversations: {
        enabled: true,
        show_agent_typing_indicator: true,
        show_user_typing_indicator: true,
        auto_start_enabled: false,
        markdown_enabled: true,
        conversation_clear_enabled: true,
        session_duration_seconds: 100,
        notifications: { enabled: true, notification_content_type: "IncludeMessagesContent" },
        humanize: { enabled: true, bot: { name: "b", avatar_url: "https://x.example.com/a.png" } },
        conversation_disconnect: { enabled: true, type: "Send" },
      },
      knowledge: { enabled: true, knowledge_base_id: "k" },
    },
  },
  video: {
    enabled: true,
    agent: { ...flags, background: "IMAGE", background_image: { url: "https://x.example.com/b.png" } },
    user: flags,
  },
  cobrowse: { enabled: true, pause_criteria: [{ url_fragment: "a", condition: "Includes" }] },
  position: { alignment: "Left", side_space: 1, bottom_space: 2 },
};

/** What the provider keeps where a program leaves it out: the blocks and arguments that are optional and computed. */
const kept = [
  "messenger.apps",
  "messenger.apps.conversations",
  "video.agent",
  "video.agent.background_image",
  "video.user",
  "messenger.session_persistence_type",
  "messenger.home_screen.logo_url",
  "messenger.apps.conversations.session_duration_seconds",
];

/** What it takes away. */
const removed = [
  "messenger",
  "messenger.apps.knowledge",
  "messenger.apps.conversations.notifications",
  "messenger.apps.conversations.humanize",
  "messenger.apps.conversations.humanize.bot",
  "messenger.apps.conversations.conversation_disconnect",
  "messenger.styles",
  "messenger.launcher_button",
  "messenger.launcher_button.icon",
  "messenger.home_screen",
  "messenger.file_upload",
  "messenger.file_upload.mode",
  "video",
  "cobrowse",
  "cobrowse.pause_criteria",
  "position",
];

const { messenger, video } = full;
const { conversations, knowledge } = messenger.apps;
const { agent } = video;
const plainConversations = without(conversations, "notifications", "humanize", "conversation_disconnect");
const withVideo = (some: object): object => ({ ...full, video: { ...video, ...some } });
const withMessenger = (some: object): object => ({ ...full, messenger: { ...messenger, ...some } });
const changed = { description: "changed" };

/** What the second program comes to: the configuration that would be deployed in its place. */
interface Row {
  readonly name: string;
  readonly before: object;
  readonly after: object;
  readonly comesTo: object;
}

const row = (name: string, before: object, after: object, comesTo: object): Row => ({ name, before, after, comesTo });

const rows: readonly Row[] = [
  ...kept.map((path) => row(`"${path}" left out: kept`, full, lacking(full, path), full)),
  ...kept.map((path) =>
    row(
      `"${path}" left out beside a change: sent as it was`,
      full,
      { ...lacking(full, path), ...changed },
      { ...full, ...changed },
    ),
  ),
  ...kept
    .filter((path) => !path.endsWith("logo_url"))
    .flatMap((path) => [
      row(
        `"${path}" that never was: stays away`,
        lacking(full, path),
        { ...lacking(full, path), ...changed },
        { ...lacking(full, path), ...changed },
      ),
      row(`"${path}" added`, lacking(full, path), full, full),
    ]),
  ...removed.map((path) => row(`"${path}" left out: taken away`, full, lacking(full, path), lacking(full, path))),
  row("an empty agent: kept", full, withVideo({ agent: {} }), full),
  row("an empty user: kept", full, withVideo({ user: {} }), full),
  row("an empty background image: kept", full, withVideo({ agent: { ...agent, background_image: {} } }), full),
  row("an agent with one argument: the others are kept", full, withVideo({ agent: { allow_camera: false } }), {
    ...withVideo({ agent: { ...agent, allow_camera: false } }),
  }),
  row("video without its sides: kept", full, { ...full, video: { enabled: true } }, full),
  row(
    "video turned off without its sides: they are sent as they were",
    full,
    { ...full, video: { enabled: false } },
    withVideo({ enabled: false }),
  ),
  row(
    "video that is new, without its sides",
    lacking(full, "video"),
    { ...full, video: { enabled: true } },
    {
      ...full,
      video: { enabled: true },
    },
  ),
  row(
    "empty apps: the conversations are kept",
    full,
    withMessenger({ apps: {} }),
    withMessenger({ apps: { conversations } }),
  ),
  row(
    "empty conversations: their blocks are taken away",
    full,
    withMessenger({ apps: { conversations: {}, knowledge } }),
    withMessenger({ apps: { conversations: plainConversations, knowledge } }),
  ),
  row("apps with knowledge alone: the conversations are kept", full, withMessenger({ apps: { knowledge } }), full),
  row(
    "a messenger with nothing but its apps missing",
    full,
    { ...full, messenger: { enabled: true } },
    { ...full, messenger: { enabled: true, session_persistence_type: "AcrossSubdomains", apps: messenger.apps } },
  ),
  row(
    "a messenger that is new, without apps",
    lacking(full, "messenger"),
    { ...full, messenger: { enabled: true } },
    { ...full, messenger: { enabled: true } },
  ),
];

/** What the rows come to, each once. */
const destinations = rows
  .map(({ comesTo }) => comesTo)
  .filter((each, index, all) => all.findIndex((other) => isSame(each, other)) === index);

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function lacking(values: object, path: string): object {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return without(values, first);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      name === first ? lacking(Object(value) as object, rest.join(".")) : value,
    ]),
  );
}

function without(values: object, ...names: readonly string[]): object {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** What Terraform did with one row. */
interface Outcome {
  readonly actions: readonly string[];
  /** The body of the last call that wrote it. */
  readonly sent: JsonObject | undefined;
  readonly state: JsonObject | undefined;
  readonly next: readonly string[];
}

// As the code of provider 1.84.1 does, on which every row was measured. One stack with a resource for each row, and one for each
// configuration that a row comes to: four runs of Terraform answer for all of them.
needsTerraform("what a program leaves out that was deployed before", () => {
  const outcomes = new Map<string, Outcome>();
  const outcomeOf = (name: string): Outcome => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) throw new Error(`Nothing came of "${name}".`);
    return outcome;
  };

  beforeAll(async () => {
    const genesys = await Genesys.start();
    const workspace = new Workspace(genesys.provider.reattach);
    const write = (own: (each: Row) => object): void => {
      const resources = [
        ...rows.map((each, index) => [`row_${index}`, { name: `row_${index}`, ...own(each) }]),
        ...destinations.map((each, index) => [`destination_${index}`, { name: `destination_${index}`, ...each }]),
      ];
      workspace.write({
        provider: { genesyscloud: {} },
        resource: { [type]: Object.fromEntries(resources) as object },
      });
    };
    try {
      write(({ before }) => before);
      await workspace.init();
      await workspace.apply("-parallelism=50");
      write(({ after }) => after);
      const actions = await workspace.plannedActions();
      await workspace.apply("-parallelism=50", "next");
      const next = await workspace.plannedActions();
      const states = workspace.allAttributes(type);
      const bodies = new Map<unknown, JsonObject>(
        genesys.api.calls.after().flatMap(({ method, body }) => {
          return (method === "POST" || method === "PUT") && isJsonObject(body) ? [[body["name"], body]] : [];
        }),
      );
      for (const name of states.keys()) {
        outcomes.set(name, {
          actions: actions.get(name) ?? [],
          sent: nameless(bodies.get(name)),
          state: nameless(states.get(name)),
          next: next.get(name) ?? [],
        });
      }
    } finally {
      workspace.remove();
      await genesys.close();
    }
  });

  test.each(rows.map((each, index) => ({ ...each, index })))("$name", ({ index, before, comesTo }) => {
    const own = outcomeOf(`row_${index}`);
    const destination = outcomeOf(`destination_${destinations.findIndex((each) => isSame(each, comesTo))}`);
    expect(own.actions).toEqual([isSame(before, comesTo) ? "no-op" : "update"]);
    expect(own.sent).toEqual(destination.sent);
    expect(own.state).toEqual(destination.state);
    expect(own.next).toEqual(["no-op"]);
  });
});

function nameless(values: Readonly<Record<string, unknown>> | undefined): JsonObject | undefined {
  const json: unknown = JSON.parse(JSON.stringify(without(values ?? {}, "name", "id", "version")));
  return isJsonObject(json) ? json : undefined;
}
