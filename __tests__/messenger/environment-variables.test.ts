import { messengerEnvironmentVariables } from "../../lib/messenger/snippet";

test("a Next.js application is told the region as the snippet calls it, and the deployment", () => {
  expect(messengerEnvironmentVariables({ deploymentId: "6c1d0bd2", region: "ap-southeast-2" })).toEqual({
    NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod-apse2",
    NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: "6c1d0bd2",
  });
});
