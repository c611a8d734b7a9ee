import { type Deployment } from "../genesys/deployment";

/** All deployments of an organisation, as the platform API lists them. */
export class DeploymentList {
  readonly #byId = new Map<string, Deployment>();
  readonly #byName = new Map<string, Deployment[]>();

  constructor(deployments: Iterable<Deployment>) {
    for (const deployment of deployments) {
      const namesakes = this.#byName.get(deployment.name) ?? [];
      namesakes.push(deployment);
      this.#byName.set(deployment.name, namesakes);
      this.#byId.set(deployment.id, deployment);
    }
  }

  withId(id: string): Deployment | undefined {
    return this.#byId.get(id);
  }

  /** Those of which that is so, whatever their names are. */
  where(is: (deployment: Deployment) => boolean): readonly Deployment[] {
    return [...this.#byId.values()].filter(is);
  }

  /** Names are not unique in Genesys. */
  named(names: readonly string[]): readonly Deployment[] {
    return [...new Set(names)].flatMap((name) => this.#byName.get(name) ?? []);
  }
}
