import { type App, DataResource } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";

/** `DataResource` stands for the resource that keeps the list, such as `S3BucketCorsConfiguration` of the AWS provider. */
export function uploadStack(app: App): void {
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: ["https://www.example.com", "https://shop.example.com/de"],
  });
  const stack = new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us" });
  new DataResource(stack, "UploadCors", {
    input: { allowed_methods: ["PUT"], allowed_origins: environment.origins.values },
  });
}
