import { type JsonObject } from "./json";
import { type Activation, type Configuration, type ConfigurationVersion, type State, newId } from "./state";

/** Who makes a change, when, and how long what it makes stays `Pending`. */
export interface Stamp {
  readonly now: Date;
  /** The id of the user that the change is ascribed to. */
  readonly user: string;
  /** Milliseconds until what is created turns from `Pending` to `Active`. */
  readonly activationDelayMs: number;
  /** Decides over the status of what is made or changed, whatever the client asks for. */
  readonly settling?: Settling | undefined;
}

/** A way to a status that a fault decides: `Pending` for a while, and then. */
export interface Settling {
  readonly delayMs: number;
  readonly into: "Active" | "Error";
}

/** The activation of something that was created just now. */
export function pending({ now, activationDelayMs, settling }: Stamp): Activation {
  const { delayMs, into } = settling ?? { delayMs: activationDelayMs, into: "Active" };
  const activeAt = new Date(now.getTime() + delayMs).toISOString();
  return { status: "Pending", activeAt, ...(into === "Error" && { endsIn: into }) };
}

/** Makes a configuration that has a draft and no published version yet. */
export function createConfiguration(
  state: State,
  content: JsonObject,
  activation: Activation,
  stamp: Stamp,
): Configuration {
  const at = stamp.now.toISOString();
  const configuration: Configuration = {
    id: newId(),
    sequence: ++state.sequence,
    draft: {
      version: "DRAFT",
      ...activation,
      content,
      dateCreated: at,
      dateModified: at,
      createdUser: stamp.user,
      lastModifiedUser: stamp.user,
    },
    published: [],
  };
  state.configurations.set(configuration.id, configuration);
  return configuration;
}

/** Puts other content into the draft: the whole content, so that what is left out is cleared. */
export function replaceDraft(
  state: State,
  configuration: Configuration,
  content: JsonObject,
  activation: Activation,
  stamp: Stamp,
): ConfigurationVersion {
  const { version, dateCreated, createdUser } = configuration.draft;
  const draft: ConfigurationVersion = {
    version,
    ...activation,
    content,
    dateCreated,
    createdUser,
    dateModified: stamp.now.toISOString(),
    lastModifiedUser: stamp.user,
  };
  state.configurations.set(configuration.id, { ...configuration, draft });
  return draft;
}

/** Makes the draft's content the next published version. The draft stays, to be edited further. */
export function publishDraft(state: State, configuration: Configuration, stamp: Stamp): ConfigurationVersion {
  const at = stamp.now.toISOString();
  const version: ConfigurationVersion = {
    ...configuration.draft,
    version: String(configuration.published.length + 1),
    status: "Active",
    dateModified: at,
    lastModifiedUser: stamp.user,
    datePublished: at,
    publishedUser: stamp.user,
  };
  state.configurations.set(configuration.id, { ...configuration, published: [...configuration.published, version] });
  return version;
}

/** One version by its name: `"DRAFT"` in any case, or a published version's number. */
export function findVersion({ draft, published }: Configuration, version: string): ConfigurationVersion | undefined {
  return version.toUpperCase() === "DRAFT" ? draft : published.find((candidate) => candidate.version === version);
}

/** The version that was published last; undefined while there is only a draft. */
export function newestPublished({ published }: Configuration): ConfigurationVersion | undefined {
  return published.at(-1);
}
