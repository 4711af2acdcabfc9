import { randomUUID } from "node:crypto";
import { MsbDefinitionError, MsbError } from "../support/errors.ts";
import type * as api from "./api.ts";
import type { BrokerParts } from "./components.ts";
import { type BrokerFaults, createFaults } from "./faults/faults.ts";
import { addCodeFlow, removeFlows } from "./flows/code-flows.ts";
import type { Flow } from "./flows/flow.ts";
import { watchFlowsFile } from "./flows/flows-file.ts";
import { makeCall } from "./messaging/call-dispatcher.ts";
import { describe } from "./messaging/open-connections.ts";
import { publishAs } from "./messaging/publish-as.ts";
import type { Message } from "./messaging/sender.ts";
import type { BrokerCounters } from "./observing/counters.ts";
import type { BrokerEvents } from "./observing/listeners.ts";
import { quoteForLog } from "./observing/log.ts";
import type { ReceivedEvent } from "./protocol/event.ts";
import { writeConfiguration, writeParameters } from "./protocol/messages.ts";
import { type RawJson, tidyJson, writeJson } from "./protocol/raw-json.ts";
import { record } from "./recording/record.ts";
import { replay } from "./recording/replay.ts";
import { clientUrl } from "./transport/client-url.ts";
import { checkClose } from "./transport/close-check.ts";
import type { Connection } from "./transport/connection.ts";
import type { ServerControl } from "./transport/server-control.ts";

/** What users see of a broker. */
export class DevelopmentBroker implements api.Broker {
  readonly host: string;
  readonly faults: BrokerFaults;
  readonly #parts: BrokerParts;
  readonly #server: ServerControl;
  readonly #ended = new AbortController();
  readonly #cleanUp: (() => unknown)[] = [];
  #replays = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: BrokerParts, server: ServerControl) {
    this.host = parts.options.host;
    this.#parts = parts;
    this.#server = server;
    const { hub, faults: state, trace, log } = parts;
    const frozen = ({ frozen }: Connection) => frozen;
    this.faults = createFaults({
      ...{ state, trace, log },
      halfOpen: () => hub.connections.filter(frozen).map(({ id }) => id),
      freeze: (uuid) => this.#connectionOf(uuid).freeze(),
      dropHalfOpen: () => hub.destroy(frozen),
      restart: (downtime) => server.restart(downtime),
    });
    for (const flow of parts.options.flows) {
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
    return { ...this.#parts.counters };
  }

  get services(): ReadonlyMap<string, api.RegisteredService> {
    return this.#parts.registry.services;
  }

  get knownServices(): readonly api.KnownService[] {
    return this.#parts.directory.list();
  }

  get connections(): readonly api.ConnectionInfo[] {
    return this.#parts.hub.connections.map(describe);
  }

  get flows(): readonly Flow[] {
    return this.#parts.flows.running();
  }

  get events(): readonly ReceivedEvent[] {
    return this.#parts.events.events;
  }

  addFlow(flow: Flow): void {
    addCodeFlow(this.#parts.flows, flow);
    this.#parts.router.dropOrphans();
  }

  removeFlow(flow: Flow): boolean {
    const found = removeFlows(this.#parts.flows, flow);
    this.#parts.router.dropOrphans();
    return found;
  }

  async watchFlows(file: string): Promise<() => void> {
    const { flows, router, log } = this.#parts;
    const onChange = () => router.dropOrphans();
    const stop = await watchFlowsFile(file, { flows, onChange, log: log.write });
    this.#cleanUp.push(stop);
    return stop;
  }

  call(uuid: string, functionId: string, value?: unknown, options: api.CallOptions = {}): void {
    const { correlationId = randomUUID(), parameters } = options;
    const json = tidyJson(writeJson(parameters) ?? writeParameters(writeJson(value)));
    const { message } = makeCall(uuid, functionId, correlationId, json);
    this.#send(uuid, message);
    this.#parts.counters.callsSent += 1;
  }

  callAndWait(
    uuid: string,
    functionId: string,
    value?: unknown,
    options: api.CallAndWaitOptions = {},
  ): Promise<ReceivedEvent> {
    const { correlationId = randomUUID(), eventId, timeout } = options;
    const filter = { uuid, correlationId, ...(eventId === undefined ? {} : { eventId }) };
    // Before the call, because the answer can be there at once.
    this.#connectionOf(uuid);
    const answer = this.waitForEvent(filter, timeout);
    this.call(uuid, functionId, value, { ...options, correlationId });
    return answer;
  }

  publish(uuid: string, eventId: string, value?: unknown, options: api.PublishAsOptions = {}): ReceivedEvent {
    const known = this.#parts.directory.get(uuid);
    if (known === undefined) {
      throw notRegistered(uuid, "Register it once, so that its events are known.");
    }
    const { event, text, warnings } = publishAs(known.service, eventId, value, options);
    this.#parts.protocol.publishAs(event, text, warnings);
    return event;
  }

  configure(uuid: string, params: Readonly<Record<string, unknown>> | RawJson): void {
    this.#send(uuid, { text: writeConfiguration(uuid, params), about: { kind: "K", uuid } });
  }

  send(uuid: string, ...messages: string[]): void {
    this.#send(uuid, ...messages.map((text) => ({ text, about: { kind: "other", uuid } as const })));
  }

  cut(uuid: string): void {
    this.#connectionOf(uuid).destroy();
  }

  cutAll(): void {
    this.#parts.hub.destroy();
  }

  disconnect(uuid: string, code = 3000, reason = "Go away!"): void {
    checkClose(code, reason);
    this.#connectionOf(uuid).close(code, reason);
  }

  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: (payload: BrokerEvents[Name]) => void,
  ): () => void {
    return this.#parts.listeners.on(name, listener);
  }

  waitForEvent(filter: api.EventFilter<ReceivedEvent> = {}, timeout = 5_000): Promise<ReceivedEvent> {
    return this.#parts.events.wait(filter, timeout);
  }

  waitForRegistration(
    uuid: string,
    options: api.WaitForRegistrationOptions = {},
  ): Promise<api.RegisteredService> {
    return this.#parts.waits.registration(uuid, this.services.get(uuid), options);
  }

  waitForDisconnect(uuid: string, timeout = 5_000): Promise<api.DisconnectInfo> {
    return this.#parts.waits.disconnect(uuid, timeout);
  }

  waitForMessage(filter: api.MessageFilter, timeout = 5_000): Promise<api.TracedMessage> {
    return this.#parts.waits.message(filter, timeout);
  }

  forget(uuid: string): boolean {
    const { registry, directory } = this.#parts;
    // Whoever is connected, and in no list, would get nothing and not know why.
    registry.get(uuid)?.connection.close(3000, "The broker was told to forget this service");
    return directory.forget(uuid);
  }

  async record(file: string): Promise<() => Promise<number>> {
    const { listeners, log, mask } = this.#parts;
    const stop = await record(file, { listeners, mask, log: log.write });
    this.#cleanUp.push(stop);
    return stop;
  }

  replay(file: string, { speed = 1 }: api.ReplayOptions = {}): Promise<number> {
    if (!(Number.isFinite(speed) && speed >= 0)) {
      const message = "must be a number, 0 or more";
      return Promise.reject(new MsbDefinitionError("replay", [{ path: "speed", message }]));
    }
    return replay(file, speed, {
      accept: (connection) => this.#parts.hub.accept(connection),
      nextId: () => {
        this.#replays += 1;
        return `replay${this.#replays}`;
      },
      signal: this.#ended.signal,
    });
  }

  queued(uuid?: string): number {
    const { router } = this.#parts;
    return uuid === undefined
      ? [...router.queues()].reduce((sum, [, count]) => sum + count, 0)
      : router.queued(uuid);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const { hub, events, waits, outgoing, listeners } = this.#parts;
    this.#ended.abort();
    hub.close("The broker was closed");
    events.close();
    waits.close();
    outgoing.close();
    await Promise.all([this.#server.close(), ...this.#cleanUp.map((end) => end())]);
    listeners.clear();
  }

  #connectionOf(uuid: string): Connection {
    const registration = this.#parts.registry.get(uuid);
    if (registration === undefined) {
      throw notRegistered(uuid, "Wait until its register() has resolved.");
    }
    return registration.connection;
  }

  #send(uuid: string, ...messages: Message[]): void {
    const { log } = this.#parts;
    for (const { about } of log.enabled ? messages : []) {
      const name = about.name === undefined ? "" : ` ${quoteForLog(about.name)}`;
      log.write({ level: "debug", uuid, message: `Sent ${about.kind}${name} to ${quoteForLog(uuid)}` });
    }
    this.#parts.outgoing.send(this.#connectionOf(uuid), ...messages);
  }
}

function notRegistered(uuid: string, remedy: string): MsbError {
  return new MsbError("NOT_REGISTERED", `No service ${quoteForLog(uuid)} is registered at this broker.`, {
    remedy,
  });
}
