import type { Broker, ReceivedEvent } from "../../../src/broker/index.ts";
import { normalise } from "../interop/normalise.ts";

const UUID = "76499d88-34cf-4836-8cc1-7e0d9c54dacc";

/** What the service of docs/guides/migration.md does, whichever client it is written with. */
export interface Behaviour {
  readonly selfDescription: object;
  readonly answer: Pick<ReceivedEvent, "eventId" | "dataObject" | "correlationId">;
  readonly measured: unknown;
  readonly configured: unknown;
}

/** Watches the service of docs/guides/migration.md from outside; it is about to register. */
export async function watchService(broker: Broker, patience = 50_000): Promise<Behaviour> {
  const service = await broker.waitForRegistration(UUID, { timeout: patience });
  const selfDescription = normalise(service.selfDescription as unknown as object);
  const measured = broker.waitForEvent({ uuid: UUID, eventId: "MEASURED" }, patience);
  const { eventId, dataObject, correlationId } = await broker.callAndWait(UUID, "SET_SPEED", 60, {
    correlationId: "call 1",
    timeout: patience,
  });
  const { dataObject: value } = await measured;
  const again = broker.waitForRegistration(UUID, { next: true, timeout: patience });
  broker.configure(UUID, { limit: 90 });
  const { configuration } = normalise((await again).selfDescription as unknown as object);
  return {
    selfDescription,
    answer: { eventId, dataObject, correlationId },
    measured: value,
    configured: configuration,
  };
}
