import { type TerraformRun, type Workspace } from "../e2e/terraform";
import { type Bench } from "./bench";
import { asExpected, nameOf, withoutPrelude } from "./calls";
import { attributesOf, expectedLeftovers, kinds, leftoversOf, typeOf } from "./leftovers";
import { Names } from "./names";
import { type ByHandStep, type Scenario, type Step, type TerraformStep } from "./scenario";

/**
 * Plays a scenario on a bench and compares every step with what is expected of it. The organisation is empty afterwards.
 *
 * @param deadline when it takes too long: its Terraform is then killed, so that none of its calls land in the next scenario
 */
export async function play(scenario: Scenario, bench: Bench, deadline?: AbortSignal): Promise<void> {
  const story = new Story(bench);
  const stop = (): void => {
    story.stop();
  };
  deadline?.addEventListener("abort", stop);
  try {
    for (const [index, step] of scenario.steps.entries()) {
      await story.tell(step).catch((error: unknown) => {
        const where = `Step ${index + 1} (${titleOf(step)})`;
        const what =
          deadline?.aborted === true ? "took too long, and its Terraform was killed" : "did not go as expected";
        throw new Error(`${where} ${what}`, { cause: error });
      });
      deadline?.throwIfAborted();
    }
  } finally {
    deadline?.removeEventListener("abort", stop);
    story.end();
  }
}

function titleOf(step: Step): string {
  if ("terraform" in step) return step.terraform;
  return "byHand" in step ? step.byHand : `the state of the ${step.stateOf}`;
}

class Story {
  private readonly workspace: Workspace;
  private readonly names = new Names();

  constructor(private readonly bench: Bench) {
    this.workspace = bench.workspace();
  }

  async tell(step: Step): Promise<void> {
    if ("terraform" in step) await this.run(step);
    else if ("byHand" in step) await this.edit(step);
    else await this.workspace.editState(typeOf(step.stateOf), step.becomes);
  }

  stop(): void {
    this.workspace.kill();
  }

  end(): void {
    const { genesys, faults } = this.bench;
    faults.script([], () => "");
    genesys.store.reset();
    genesys.takeAllCalls();
    this.workspace.remove();
  }

  private async run(step: TerraformStep): Promise<void> {
    const { genesys, faults } = this.bench;
    const { workspace, names } = this;
    const nameNow = (method: string, path: string): string => nameOf(method, path, names.ofIds);
    if (step.of !== undefined) workspace.write(names.toIds(throughGateway(step.of)));
    genesys.takeAllCalls();
    faults.script(step.faults ?? [], nameNow);
    const { code, text } = await this.terraform(names.toIds(step.terraform));
    faults.script([], nameNow);
    for (const kind of kinds) names.learn(kind, attributesOf(workspace, kind)?.["id"]);

    const { calls: expectedCalls, bodies = {}, says = [], leaves = {} } = step;
    const calls = genesys.api.calls.after().map(({ method, path, body }) => ({ name: nameNow(method, path), body }));
    const seen = withoutPrelude(calls.map(({ name }) => name));
    const lastBody = (name: string): unknown => names.forIds(calls.findLast((call) => call.name === name)?.body);
    const told = {
      exit: code,
      calls: asExpected(seen, expectedCalls),
      bodies: Object.fromEntries(Object.keys(bodies).map((name) => [name, lastBody(name)])),
      unsaid: says.filter((sentence) => !text.includes(sentence)),
      leaves: await leftoversOf(leaves, { workspace, genesys, names }),
    };
    const expected = { exit: step.exit, calls: expectedCalls, bodies, unsaid: [], leaves: expectedLeftovers(leaves) };
    const differs = code !== step.exit || told.unsaid.length > 0;
    expect(differs ? { ...told, output: text } : told).toEqual(expected);
  }

  private terraform(command: string): Promise<TerraformRun> {
    const [verb = "", ...rest] = command.split(" ");
    switch (verb) {
      case "plan":
        return this.workspace.plan(...rest);
      case "apply":
        return this.workspace.tryApply(...rest);
      case "destroy":
        return this.workspace.run("destroy", "-auto-approve", "-input=false", "-no-color", ...rest);
      case "import":
        return this.workspace.run("import", "-input=false", "-no-color", ...rest);
      default:
        return this.workspace.run(verb, ...rest);
    }
  }

  private async edit({ byHand, body }: ByHandStep): Promise<void> {
    const { genesys } = this.bench;
    const [method = "", path = ""] = this.names.toIds(byHand).split(" ");
    const at = `/api/v2/webdeployments/${path}`;
    const shown = method === "PUT" ? await genesys.byHand("GET", at) : {};
    const sent = body === undefined ? undefined : { ...shown, ...this.names.toIds(body) };
    const answer = await genesys.byHand(method, at, sent);
    this.names.learn(path.startsWith("configurations") ? "configuration" : "deployment", answer["id"]);
  }
}

/** With the empty block, the provider reads the gateway from its environment. */
function throughGateway(stack: object): object {
  const { provider } = stack as { readonly provider?: { readonly genesyscloud?: object } };
  return { ...stack, provider: { genesyscloud: { ...provider?.genesyscloud, gateway: [{}] } } };
}
