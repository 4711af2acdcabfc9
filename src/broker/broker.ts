import { randomUUID } from "node:crypto";
import { mustBe } from "../core/validation/describe-value.ts";
import { MsbDefinitionError } from "../support/errors.ts";
import type { Broker, CallAndWaitOptions, ReplayOptions } from "./api.ts";
import type { BrokerComponents } from "./components.ts";
import { type BrokerFaults, createFaults } from "./faults/faults.ts";
import { addCodeFlow, removeFlows } from "./flows/code-flows.ts";
import type { Flow } from "./flows/flow.ts";
import { watchFlowsFile } from "./flows/flows-file.ts";
import { makeEventOf, type PublishAsOptions } from "./messaging/publish-as.ts";
import type { CallOptions } from "./messaging/service-messages.ts";
import type { BrokerCounters } from "./observing/counters.ts";
import type { EventFilter, MessageFilter } from "./observing/filters.ts";
import type { BrokerEvents } from "./observing/listeners.ts";
import type { TracedMessage } from "./observing/traced-message.ts";
import type { WaitForRegistrationOptions } from "./observing/wait-for.ts";
import type { ReceivedEvent } from "./protocol/event.ts";
import type { RawJson } from "./protocol/raw-json.ts";
import { record } from "./recording/record.ts";
import { replay } from "./recording/replay.ts";
import type { KnownService, RegisteredService } from "./services/registered-service.ts";
import { clientUrl } from "./transport/client-url.ts";
import { checkClose } from "./transport/close-check.ts";
import { type ConnectionInfo, type DisconnectInfo, describeConnection } from "./transport/connection.ts";
import type { ServerControl } from "./transport/server-control.ts";

/** What users see of a broker. */
export class DevelopmentBroker implements Broker {
  readonly host: string;
  readonly faults: BrokerFaults;
  readonly #components: BrokerComponents;
  readonly #server: ServerControl;
  readonly #ended = new AbortController();
  readonly #cleanUp: (() => unknown)[] = [];
  #replays = 0;
  #closing: Promise<void> | undefined;

  constructor(components: BrokerComponents, server: ServerControl) {
    this.host = components.options.host;
    this.#components = components;
    this.#server = server;
    this.faults = createFaults({
      state: components.faults,
      trace: components.trace,
      log: components.log,
      halfOpen: () => this.#halfOpenIds(),
      freeze: (uuid) => {
        const { connection } = components.registry.require(uuid);
        connection.freeze();
        components.faults.halfOpened(connection);
      },
      dropHalfOpen: () => components.connections.destroy(({ frozen }) => frozen),
      restart: (downtime) => server.restart(downtime),
    });
    for (const flow of components.options.flows) {
      this.addFlow(flow);
    }
  }

  get port(): number {
    return this.#server.ports[0]?.port ?? 0;
  }

  get url(): string {
    return this.urls[0] ?? "";
  }

  get urls(): readonly string[] {
    return this.#server.ports.map(({ port, isTls }) => clientUrl(this.host, port, isTls));
  }

  get counters(): Readonly<BrokerCounters> {
    return { ...this.#components.counters };
  }

  get services(): ReadonlyMap<string, RegisteredService> {
    return this.#components.registry.services;
  }

  get knownServices(): readonly KnownService[] {
    return this.#components.directory.list();
  }

  get connections(): readonly ConnectionInfo[] {
    return this.#components.connections.list().map(describeConnection);
  }

  get flows(): readonly Flow[] {
    return this.#components.flows.running();
  }

  get events(): readonly ReceivedEvent[] {
    return this.#components.events.list();
  }

  addFlow(flow: Flow): void {
    addCodeFlow(this.#components.flows, flow);
    this.#components.dispatcher.dropOrphans();
  }

  removeFlow(flow: Flow): boolean {
    const isFound = removeFlows(this.#components.flows, flow);
    this.#components.dispatcher.dropOrphans();
    return isFound;
  }

  async watchFlows(file: string): Promise<() => void> {
    const stop = await watchFlowsFile(file, {
      flows: this.#components.flows,
      onChange: () => this.#components.dispatcher.dropOrphans(),
      log: this.#components.log.write,
    });
    this.#cleanUp.push(stop);
    return stop;
  }

  call(uuid: string, functionId: string, value?: unknown, options: CallOptions = {}): void {
    this.#components.serviceMessages.call(uuid, functionId, value, options);
  }

  callAndWait(
    uuid: string,
    functionId: string,
    value?: unknown,
    options: CallAndWaitOptions = {},
  ): Promise<ReceivedEvent> {
    const { correlationId = randomUUID(), eventId, timeout } = options;
    const filter = { uuid, correlationId, ...(eventId === undefined ? {} : { eventId }) };
    this.#components.registry.require(uuid);
    // Before the call, because the answer can be there at once.
    const answer = this.waitForEvent(filter, timeout);
    this.call(uuid, functionId, value, { ...options, correlationId });
    return answer;
  }

  publish(uuid: string, eventId: string, value?: unknown, options: PublishAsOptions = {}): ReceivedEvent {
    const { service } = this.#components.directory.require(uuid);
    const { event, text, warnings } = makeEventOf(service, eventId, value, options);
    this.#components.forwarder.publishAs(event, text, warnings);
    return event;
  }

  configure(uuid: string, params: Readonly<Record<string, unknown>> | RawJson): void {
    this.#components.serviceMessages.configure(uuid, params);
  }

  send(uuid: string, ...messages: string[]): void {
    this.#components.serviceMessages.send(uuid, messages);
  }

  cut(uuid: string): void {
    this.#components.registry.require(uuid).connection.destroy();
  }

  cutAll(): void {
    this.#components.connections.destroy();
  }

  disconnect(uuid: string, code = 3000, reason = "Go away!"): void {
    checkClose(code, reason);
    this.#components.registry.require(uuid).connection.close(code, reason);
  }

  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: (payload: BrokerEvents[Name]) => void,
  ): () => void {
    return this.#components.listeners.on(name, listener);
  }

  waitForEvent(filter: EventFilter<ReceivedEvent> = {}, timeout = 5_000): Promise<ReceivedEvent> {
    return this.#components.waitFor.event(filter, timeout);
  }

  waitForRegistration(uuid: string, options: WaitForRegistrationOptions = {}): Promise<RegisteredService> {
    return this.#components.waitFor.registration(uuid, this.services.get(uuid), options);
  }

  waitForDisconnect(uuid: string, timeout = 5_000): Promise<DisconnectInfo> {
    return this.#components.waitFor.disconnect(uuid, timeout);
  }

  waitForMessage(filter: MessageFilter, timeout = 5_000): Promise<TracedMessage> {
    return this.#components.waitFor.message(filter, timeout);
  }

  forget(uuid: string): boolean {
    // Whoever is connected, and in no list, would get nothing and not know why.
    const registration = this.#components.registry.get(uuid);
    registration?.connection.close(3000, "The broker was told to forget this service");
    this.#components.activities.forget(uuid);
    return this.#components.directory.forget(uuid);
  }

  async record(file: string): Promise<() => Promise<number>> {
    const { listeners, mask, log } = this.#components;
    const stop = await record(file, { listeners, mask, log: log.write });
    this.#cleanUp.push(stop);
    return stop;
  }

  async replay(file: string, { speed = 1 }: ReplayOptions = {}): Promise<number> {
    if (!(Number.isFinite(speed) && speed >= 0)) {
      const message = mustBe("a number, 0 or more", speed);
      throw new MsbDefinitionError("replay", [{ path: "speed", message }]);
    }
    return replay(file, speed, {
      accept: (connection) => this.#components.connections.accept(connection),
      nextId: () => {
        this.#replays += 1;
        return `replay${this.#replays}`;
      },
      signal: this.#ended.signal,
    });
  }

  queued(uuid?: string): number {
    const { dispatcher } = this.#components;
    if (uuid !== undefined) {
      return dispatcher.queued(uuid);
    }
    return [...dispatcher.queues().values()].reduce((sum, count) => sum + count, 0);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#ended.abort();
    this.#components.connections.close("The broker was closed");
    this.#components.waitFor.close();
    this.#components.sender.close();
    this.#components.history.stop();
    await Promise.all([this.#server.close(), ...this.#cleanUp.map((end) => end())]);
    this.#components.listeners.clear();
  }

  #halfOpenIds(): string[] {
    const halfOpen = this.#components.connections.list().filter(({ frozen }) => frozen);
    return halfOpen.map(({ id }) => id);
  }
}
