import { configurationResource, type Resource } from "./configuration";
import { type DataSource, dataSources } from "./data-source";
import { deploymentResource } from "./deployment";
import { ProviderError } from "./diagnostic";
import { type Block, type ProviderSchema } from "../../../../lib/genesys/provider-schema";

const resources: Readonly<Record<string, (block: Block) => Resource>> = {
  genesyscloud_webdeployments_configuration: configurationResource,
  genesyscloud_webdeployments_deployment: deploymentResource,
};

/** What there is of one type: how it looks, and what the provider does for it. */
export interface Kind<Behaviour> {
  readonly block: Block;
  readonly behaviour: Behaviour;
}

/** The types of resources and data sources that the schema has, each with its behaviour. */
export class Catalog {
  private readonly resources: ReadonlyMap<string, Kind<Resource>>;
  private readonly dataSources: ReadonlyMap<string, Kind<DataSource>>;

  /** @throws when the schema has a type that the provider does nothing for */
  constructor(readonly schema: ProviderSchema) {
    const make = new Map(Object.entries(resources));
    const look = new Map(Object.entries(dataSources));
    this.resources = new Map(
      Object.entries(schema.resources).map(([type, block]) => [type, { block, behaviour: known(make, type)(block) }]),
    );
    this.dataSources = new Map(
      Object.entries(schema.dataSources).map(([type, block]) => [type, { block, behaviour: known(look, type) }]),
    );
  }

  resource(type: string | undefined): Kind<Resource> {
    return known(this.resources, type);
  }

  dataSource(type: string | undefined): Kind<DataSource> {
    return known(this.dataSources, type);
  }
}

function known<Entry>(entries: ReadonlyMap<string, Entry>, type = ""): Entry {
  const entry = entries.get(type);
  if (entry !== undefined) return entry;
  throw new ProviderError(
    `Unsupported type "${type}"`,
    `The sandbox's provider supports ${[...entries.keys()].join(", ")}.`,
  );
}
