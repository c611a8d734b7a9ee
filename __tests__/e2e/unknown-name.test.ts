import { MessengerStack, type MessengerStackProps, nextEnvironment } from "../../lib";
import { DeclaredProject } from "./declared-project";
import { needsTerraform } from "./terraform";
import { rows } from "../in-full";

needsTerraform("what a program refers to by a name that nothing has", () => {
  let project: DeclaredProject;
  beforeAll(async () => {
    project = await DeclaredProject.start();
  });
  afterAll(() => project.close());

  const declare = (props: Partial<MessengerStackProps>): void => {
    const addresses = ["https://www.example.com"];
    const environment = nextEnvironment("production", { kind: "production", addresses });
    project.declare((app) => {
      new MessengerStack(app, "production", { environment, gateway: true, defaultLanguage: "en-us", ...props });
    });
  };

  test.each(
    rows<[string, Partial<MessengerStackProps>, string]>(
      [["a flow", { flow: { name: "Inbuond Messages" } }, 'No flow found with name "Inbuond Messages"']],
      [
        [
          "supported content",
          { supportedContent: { name: "Defualt" } },
          'no supported content profile called "Defualt"',
        ],
      ],
    ),
  )("%s: the deploy is refused with the name, and nothing is made", async (_, props, sentence) => {
    declare(props);
    const { code, stdout, stderr } = await project.origins("deploy", "--auto-approve");
    expect(code).toBe(1);
    expect(`${stdout}\n${stderr}`.replace(/\s+/g, " ")).toContain(sentence);
    expect(project.takeWrites()).toEqual([]);
  });

  test("the name that it has is found, and the next plan is empty", async () => {
    declare({ supportedContent: { name: "Default" }, flow: { name: "Inbound Messages" } });
    await project.deploy();
    await expect(project.origins("plan")).resolves.toMatchObject({ code: 0 });
  });
});
