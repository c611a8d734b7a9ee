import { type Adoption } from "../../adoption";
import { type Section } from "./sections";

/** The shape of `origins adopt --json`. */
export function adoptionJson(adoption: Adoption, sections: readonly Section[]): object {
  const { deployment, configuration, environment, environmentName, properties, domains, changes, notes } = adoption;
  return {
    deployment,
    configuration,
    environment: {
      name: environmentName,
      isDeclared: environment === undefined,
      ...(environment && {
        kind: environment.kind,
        addresses: environment.addresses,
        allowAllDomains: environment.allowAllDomains,
        acknowledge: environment.acknowledge,
      }),
    },
    properties,
    allowedDomains: domains,
    expectedChanges: changes,
    notes,
    program: sections,
  };
}
