import { type Socket } from "node:net";
import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { type Handler, type Request } from "./handlers";
import { providerService } from "./protocol";

/** A connection that is being served. */
export interface ServedConnection {
  /** Resolves when it is closed and everything that was asked on it has ended. */
  readonly ended: Promise<void>;
  /** Ends its waits, lets what is under way come to its end, and hangs up. */
  hangUp(): void;
}

/** Terraform itself takes messages of this size; one of a large state is not cut off. */
const largestMessage = 256 * 1024 * 1024;

/**
 * Speaks gRPC on one connection, with a server of its own: on a Unix socket nothing else tells one Terraform process from
 * another.
 *
 * A process that vanishes does not take its calls with it: an object that is being created is there afterwards. Terraform
 * also connects and hangs up at once, to see whether somebody answers.
 *
 * @param stopped ends the waits of the handlers
 */
export function serveConnection(
  socket: Socket,
  handlers: Readonly<Record<string, Handler>>,
  stopped: AbortController,
): ServedConnection {
  const running = new Set<Promise<object>>();
  const server = new Server({ "grpc.max_receive_message_length": largestMessage, "grpc.enable_channelz": 0 });
  server.addService(providerService(), unaryCalls(handlers, running));
  socket.on("error", () => undefined); // a probe, or a process that was killed; "close" follows
  const closed = new Promise<void>((resolve) => socket.once("close", resolve));
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  return {
    ended: closed
      .then(() => settled(running))
      .then(() => {
        server.forceShutdown();
      }),
    hangUp() {
      stopped.abort();
      // Terraform gets its last answers before the line goes dead; whoever waits for none is not waited for.
      if (running.size > 0) server.tryShutdown(() => socket.destroy());
      else socket.destroy();
    },
  };
}

async function settled(running: ReadonlySet<Promise<object>>): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

function unaryCalls(
  handlers: Readonly<Record<string, Handler>>,
  running: Set<Promise<object>>,
): UntypedServiceImplementation {
  const calls: Record<string, handleUnaryCall<Request, object>> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    calls[name] = ({ request }, callback) => {
      const answer = handler(request);
      running.add(answer);
      void answer.then((message) => {
        running.delete(answer);
        callback(null, message);
      });
    };
  }
  return calls;
}
