import { describe, expect, it } from "vitest";
import type { MsbError } from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";
import { testBroker, testClient } from "../support/setup.ts";

describe("a gateway", () => {
  it("refuses the event of one service as the response of another one, though the ids are equal", () => {
    const gateway = testClient({ type: "Gateway" });
    const [left, right] = [gateway.addService(identity()), gateway.addService(identity())];
    const [, foreign] = [left, right].map((service) => service.addEvent({ eventId: "E" }));
    if (foreign === undefined) {
      throw new Error("no event");
    }
    expect(() =>
      left.addFunction({ functionId: "F", responseEvents: [foreign], handler: () => undefined }),
    ).toThrow('responseEvents[0]: the event "E" was never added to this service');
    left.addFunction({ functionId: "F", responseEvents: ["E"], handler: () => undefined });
  });

  it("registers its services with one R, and each publishes, is called and is configured by its own uuid", async () => {
    const broker = await testBroker();
    const gateway = testClient({ type: "Gateway" });
    const [left, right] = [
      gateway.addService(identity()),
      gateway.addService(identity({ type: "Application" })),
    ];
    const events = [left, right].map((service) => service.addEvent({ eventId: "E", dataFormat: "string" }));
    const limits = [left, right].map((service) => service.addConfigParameter("limit", 1, "int32"));
    for (const [index, service] of [left, right].entries()) {
      const event = events[index];
      if (event === undefined) {
        throw new Error("no event");
      }
      service.addFunction({
        functionId: "F",
        dataFormat: "string",
        responseEvents: [event],
        handler: ({ dataObject }) => `${dataObject} at ${index}`,
      });
    }
    await gateway.connect(broker.url);
    await gateway.register();
    expect(gateway.getSelfDescription()).toMatchObject({
      "@class": "Gateway",
      events: [],
      services: [
        {
          "@class": "SmartObject",
          uuid: left.uuid,
          events: [{ "@id": 1, eventId: "E" }],
          functions: [{ functionId: "F", responseEvents: [1] }],
        },
        { "@class": "Application", uuid: right.uuid, configuration: { parameters: { limit: { value: 1 } } } },
      ],
    });
    expect([...broker.services.keys()].sort()).toEqual([gateway.uuid, left.uuid, right.uuid].sort());

    await Promise.all(events.map((event, index) => event.publish(`published ${index}`)));
    expect(broker.events.map(({ uuid, dataObject }) => [uuid, dataObject])).toEqual([
      [left.uuid, "published 0"],
      [right.uuid, "published 1"],
    ]);

    const answers = [left, right].map(({ uuid }) => broker.waitForEvent({ uuid }));
    broker.call(right.uuid, "F", "called");
    broker.call(left.uuid, "F", "called");
    expect((await Promise.all(answers)).map(({ dataObject }) => dataObject)).toEqual([
      "called at 0",
      "called at 1",
    ]);

    broker.configure(right.uuid, { limit: 9 });
    await expect.poll(() => limits.map((limit) => limit.value)).toEqual([1, 9]);
  });

  it("reports a call for a service that it does not have", async () => {
    const broker = await testBroker();
    const gateway = testClient({ type: "Gateway" });
    const errors: MsbError[] = [];
    gateway.on("error", (error) => errors.push(error));
    await gateway.connect(broker.url);
    await gateway.register();
    broker.send(gateway.uuid, 'C {"uuid":"nobody","functionId":"F"}');
    await expect
      .poll(() => errors.map(({ message }) => message))
      .toEqual(['A call came for the service "nobody", which is not on this connection.']);
  });

  it("refuses services that cannot be behind it", () => {
    const gateway = testClient({ type: "Gateway" });
    const { uuid } = gateway.addService(identity());
    expect(() => gateway.addService(identity({ uuid }))).toThrow(
      `uuid: "${uuid}" is taken; each service has one of its own`,
    );
    expect(() => gateway.addService(identity({ type: "Gateway" }))).toThrow(
      "type: a Gateway cannot be behind another one",
    );
    expect(() => gateway.addService(identity({ name: "" }))).toThrow("name: must not be empty");
    expect(() => testClient().addService(identity())).toThrow(
      "only a Gateway holds services, and this client is of type SmartObject",
    );
  });
});
