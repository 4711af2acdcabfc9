"""The official Python client, driven by JSON lines on stdin; ../official-client.ts says which."""

import json
import os
import sys
import threading
import time

from msb_client.ComplexDataFormat import ComplexDataFormat
from msb_client.DataType import DataType
from msb_client.Event import Event
from msb_client.Function import Function
from msb_client.MsbClient import MsbClient

lock = threading.Lock()


def report(kind, **fields):
    with lock:
        print(json.dumps({"report": kind, **fields}), flush=True)


def complex_format(name, *properties):
    data_format = ComplexDataFormat(name)
    for prop in properties:
        data_format.addProperty(*prop)
    return data_format


PART = complex_format(
    "Part",
    ("partName", DataType.STRING),
    ("weight", DataType.FLOAT),
    ("count", DataType.INT32),
    ("checked", DataType.BOOLEAN),
)
MODULE = complex_format(
    "Module", ("moduleName", DataType.STRING), ("mainPart", PART), ("parts", PART, True)
)
MACHINE = complex_format(
    "Machine",
    ("machineName", DataType.STRING),
    ("serial", DataType.INT64),
    ("power", DataType.DOUBLE),
    ("built", DataType.DATETIME),
    ("tags", DataType.STRING, True),
    ("module", MODULE),
    ("modules", MODULE, True),
)
# As JSON, because a ComplexDataFormat that is added to itself loses its own definition.
TREE = {
    "TreeNode": {
        "type": "object",
        "properties": {
            "label": {"type": "string"},
            "children": {"type": "array", "items": {"$ref": "#/definitions/TreeNode"}},
        },
    },
    "dataObject": {"$ref": "#/definitions/TreeNode"},
}

# Id, type, whether it is an array; each becomes an event, and a function that answers with it.
PAYLOADS = [
    ("NOTHING", None, False),
    ("COUNT", DataType.INT32, False),
    ("RATIO", DataType.DOUBLE, False),
    ("FLAG", DataType.BOOLEAN, False),
    ("TEXT", DataType.STRING, False),
    ("TEXTS", DataType.STRING, True),
    ("PART", PART, False),
    ("MODULE", MODULE, False),
    ("MACHINE", MACHINE, False),
    ("MACHINES", MACHINE, True),
    ("TREE", TREE, False),
]


class Program:
    client = None

    def connect(self, uuid, url, framing, special=None):
        self.client = MsbClient("SmartObject", uuid, "Interop", "An official client", "t0ken")
        self.client.enableDebug(True)
        self.client.disableSockJsFraming(framing == "raw")
        # The certificate of the tests is signed by nobody.
        self.client.disableHostnameVerification(True)
        self.client.setReconnectInterval(3000)
        self.define()
        if special == "incomplete-function":
            self.add_function("INCOMPLETE", MACHINE, False, None)
        if special == "sample-function":
            self.add_sample_function()
        if special == "sample-service":
            self.add_sample_service()
        self.client.connect(url)
        threading.Thread(target=self.watch, daemon=True).start()

    def define(self):
        for name, data_type, is_array in PAYLOADS:
            event = Event(name, name, "Event " + name, data_type, "HIGH", is_array)
            self.client.addEvent(event)
            # As JSON, because a function that is given the ComplexDataFormat leaves out the third level.
            function_type = event.dataFormat if data_type is MACHINE else data_type
            self.add_function("ECHO_" + name, function_type, is_array, [name])
        self.add_function("NOTE", DataType.STRING, False, None)
        self.add_function("BOTH", DataType.STRING, False, ["TEXT", "NOTHING"])
        self.client.addConfigParameter("limit", 80, DataType.INT32)
        self.client.addConfigParameter("factor", 1.5, DataType.DOUBLE)
        self.client.addConfigParameter("label", "left", DataType.STRING)
        self.client.addConfigParameter("enabled", True, DataType.BOOLEAN)
        self.client.addConfigParameter("since", "2017-07-14T02:40:00.123Z", DataType.DATETIME)

    def add_function(self, name, data_type, is_array, responses):
        def called(parameters):
            value, correlation = parameters.get("dataObject"), parameters.get("correlationId")
            report("called", function=name, value=value, correlationId=correlation)
            for event in responses or []:
                payload = None if event == "NOTHING" else value
                self.client.publish(event, payload, None, True, None, correlation)

        description = "Function " + name
        self.client.addFunction(Function(name, name, description, data_type, called, is_array, responses))

    def add_sample_function(self):
        def called(message):
            # Not .get: without a correlation id this is an error.
            correlation = message["correlationId"]
            self.client.publish("TEXT", message["dataObject"], correlationId=correlation)

        self.client.addFunction(
            Function("SAMPLE", "SAMPLE", "As in the sample", DataType.STRING, called, False, ["TEXT"])
        )

    def add_sample_service(self):
        """What the service of the client's sample has besides: text with an answer, and a format of two levels."""
        module = complex_format("MyModule", ("moduleName", DataType.STRING))
        device = complex_format(
            "MyDevice",
            ("deviceName", DataType.STRING),
            ("deviceWeight", DataType.FLOAT),
            ("submodules", module, True),
        )
        team = {
            "Member": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "status": {"type": "string", "enum": ["present", "absent"]},
                },
            },
            "Team": {
                "type": "object",
                "properties": {"staff": {"type": "array", "items": {"$ref": "#/definitions/Member"}}},
            },
            "dataObject": {"$ref": "#/definitions/Team"},
        }
        number = '{ "type": "number", "format": "double" }'
        for name, data_type in [
            ("RESPONSE_EVENT1", DataType.STRING),
            ("MANUAL_EVENT", number),
            ("DATEEVENT", DataType.DATETIME),
            ("EVENT5", device),
            ("COMPLEX_JSON_EVENT", team),
        ]:
            self.client.addEvent(Event(name, name, "Event " + name, data_type, 1, False))
        self.add_function("FUNCTION2", DataType.STRING, False, ["RESPONSE_EVENT1"])
        self.add_function("FUNCTION3", device, False, ["EVENT5"])
        self.add_function("COMPLEX_JSON_FUNCTION", team, False, ["COMPLEX_JSON_EVENT"])

    def register(self):
        self.client.register()

    def publish(self, event, value=None, priority=None, cached=False, correlationId=None):
        self.client.publish(event, value, priority, cached, None, correlationId)

    def config(self, name):
        report("config", name=name, value=self.client.getConfigParameter(name))

    def disconnect(self):
        self.client.disconnect()

    def watch(self):
        """Reports when the client's own view of the connection changes."""
        last = None
        while True:
            state = (self.client.connected, self.client.registered)
            if state != last:
                report("state", connected=state[0], registered=state[1])
            last = state
            time.sleep(0.02)


program = Program()
for line in sys.stdin:
    command = json.loads(line)
    getattr(program, command.pop("do"))(**command)
# The client's threads would keep the process alive.
os._exit(0)
