import { type Stamp } from "./configurations";
import { type Activation, type Authorship, type Deployment, type State, newId } from "./state";

/** What a client decides of a deployment; the rest is the platform's. */
export type DeploymentSettings = Omit<Deployment, keyof Activation | keyof Authorship | "id" | "sequence">;

/** Makes a deployment. */
export function createDeployment(
  state: State,
  settings: DeploymentSettings,
  activation: Activation,
  stamp: Stamp,
): Deployment {
  const at = stamp.now.toISOString();
  const deployment: Deployment = {
    id: newId(),
    sequence: ++state.sequence,
    ...settings,
    ...activation,
    dateCreated: at,
    dateModified: at,
    createdUser: stamp.user,
    lastModifiedUser: stamp.user,
  };
  state.deployments.set(deployment.id, deployment);
  return deployment;
}

/** Replaces all of a deployment's settings: what is left out is cleared. */
export function replaceDeployment(
  state: State,
  { id, sequence, dateCreated, createdUser }: Deployment,
  settings: DeploymentSettings,
  activation: Activation,
  stamp: Stamp,
): Deployment {
  const deployment: Deployment = {
    id,
    sequence,
    ...settings,
    ...activation,
    dateCreated,
    createdUser,
    dateModified: stamp.now.toISOString(),
    lastModifiedUser: stamp.user,
  };
  state.deployments.set(id, deployment);
  return deployment;
}

/** The deployments that show one of a configuration's versions. */
export function deploymentsOf(state: Readonly<State>, configurationId: string): readonly Deployment[] {
  return [...state.deployments.values()].filter(({ configuration }) => configuration.id === configurationId);
}
