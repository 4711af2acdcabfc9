import { rawFraming, sockJsFraming } from "../../core/codec/index.ts";
import { batchBytes } from "../batch-schema.ts";
import type { SessionDependencies } from "../dependencies.ts";
import type { SessionSettings } from "../settings.ts";
import { Connection } from "./connection.ts";
import type { ConnectionOwner } from "./connection-options.ts";
import { socketUrl } from "./endpoint.ts";
import { socketOptions } from "./socket-options.ts";

/** A new connection, with the settings as they are now. */
export function newConnection(
  base: string,
  { settings, openSocket }: SessionDependencies,
  owner: ConnectionOwner,
): Connection {
  const framing = settings.sockJsFraming ? sockJsFraming : rawFraming;
  const options = {
    url: socketUrl(base, framing),
    framing,
    openSocket,
    socketOptions: socketOptions(settings),
    batchBytes: framing === sockJsFraming ? frameBytes(settings) : undefined,
    connectTimeout: settings.connectTimeout,
    // With raw framing the server has no heartbeats that could be missed.
    pingInterval: (settings.keepAlive ?? framing.name === "raw") ? settings.keepAliveInterval : undefined,
    closeTimeout: settings.closeTimeout,
  };
  return new Connection(options, owner);
}

function frameBytes({ batch, maxMessageSize }: SessionSettings): number | undefined {
  const bytes = batchBytes(batch);
  return bytes === undefined ? undefined : Math.min(bytes, maxMessageSize);
}
