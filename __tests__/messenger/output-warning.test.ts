import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nothingIsWritten, synth } from "./synthesis";

test("outputs say the same after a Messenger was made: cdktf's own check was only replaced by its equal", () => {
  const valuesOf = (stack: TerraformStack): unknown => {
    const variable = new TerraformVariable(stack, "variable", { type: "string" });
    const values = {
      object: { text: "a", list: ["b", { deep: 1 }] },
      resource: { itself: variable, fqn: "text" },
      addressable: variable,
      list: [variable, [variable], { variable }],
      token: variable.stringValue,
    };
    for (const [id, value] of Object.entries(values)) new TerraformOutput(stack, id, { value, staticId: true });
    return synth(stack).output;
  };
  const before = valuesOf(new TerraformStack(new App(nothingIsWritten), "before"));
  WebMessenger.fromDeploymentId(new TerraformStack(new App(nothingIsWritten), "messenger"), "Messenger", "id");

  expect(valuesOf(new TerraformStack(new App(nothingIsWritten), "after"))).toEqual(before);
});
