import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import de.fhg.ipa.vfk.msb.client.annotation.FunctionParam;
import de.fhg.ipa.vfk.msb.client.api.MultipleResponseEvent;
import de.fhg.ipa.vfk.msb.client.api.PrimitiveFormat;
import de.fhg.ipa.vfk.msb.client.api.PrimitiveType;
import de.fhg.ipa.vfk.msb.client.api.SmartObject;
import de.fhg.ipa.vfk.msb.client.api.messages.EventPriority;
import de.fhg.ipa.vfk.msb.client.websocket.MsbClient;
import de.fhg.ipa.vfk.msb.client.websocket.MsbClientHandler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/** The official Java client, driven by JSON lines on stdin; ../official-client.ts says which. */
public final class InteropClient {
    public static final class Part {
        public String partName;
        public Float weight;
        public Integer count;
        public Boolean checked;
    }

    public static final class Module {
        public String moduleName;
        public Part mainPart;
        public Part[] parts;
    }

    public static final class Machine {
        public String machineName;
        public Long serial;
        public Double power;
        public Date built;
        public String[] tags;
        public Module module;
        public Module[] modules;
    }

    public static final class TreeNode {
        public String label;
        public TreeNode[] children;
    }

    /** A function per payload; the client publishes what it returns as the response event. */
    public static final class Functions {
        public void echoNOTHING() {}
        public Integer echoCOUNT(@FunctionParam(name = "dataObject") Integer value) { return value; }
        public Double echoRATIO(@FunctionParam(name = "dataObject") Double value) { return value; }
        public Boolean echoFLAG(@FunctionParam(name = "dataObject") Boolean value) { return value; }
        public String echoTEXT(@FunctionParam(name = "dataObject") String value) { return value; }
        public String[] echoTEXTS(@FunctionParam(name = "dataObject") String[] value) { return value; }
        public Part echoPART(@FunctionParam(name = "dataObject") Part value) { return value; }
        public Module echoMODULE(@FunctionParam(name = "dataObject") Module value) { return value; }
        public Machine echoMACHINE(@FunctionParam(name = "dataObject") Machine value) { return value; }
        public Machine[] echoMACHINES(@FunctionParam(name = "dataObject") Machine[] value) { return value; }
        public TreeNode echoTREE(@FunctionParam(name = "dataObject") TreeNode value) { return value; }
        public Long echoLONG(@FunctionParam(name = "dataObject") Long value) {
            report("number", "text", value.toString());
            return value;
        }
        public Double echoDOUBLE(@FunctionParam(name = "dataObject") Double value) {
            report("number", "text", value.toString());
            return value;
        }
        public void note(@FunctionParam(name = "dataObject") String value) {}
        public MultipleResponseEvent both(@FunctionParam(name = "dataObject") String value) {
            MultipleResponseEvent answers = new MultipleResponseEvent();
            answers.addResponseEvent("TEXT", value);
            answers.addResponseEvent("NOTHING", null);
            return answers;
        }
    }

    private static final Map<String, Class<?>> PAYLOADS = new LinkedHashMap<>();
    static {
        PAYLOADS.put("NOTHING", NullNode.class);
        PAYLOADS.put("COUNT", Integer.class);
        PAYLOADS.put("RATIO", Double.class);
        PAYLOADS.put("FLAG", Boolean.class);
        PAYLOADS.put("TEXT", String.class);
        PAYLOADS.put("TEXTS", String[].class);
        PAYLOADS.put("PART", Part.class);
        PAYLOADS.put("MODULE", Module.class);
        PAYLOADS.put("MACHINE", Machine.class);
        PAYLOADS.put("MACHINES", Machine[].class);
        PAYLOADS.put("TREE", TreeNode.class);
    }

    // ASCII, so that a lone surrogate survives the pipe.
    private static final ObjectMapper JSON =
        new ObjectMapper().configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true);
    private static final PrintStream OUT = System.out;

    private static MsbClient client;
    private static MsbClientHandler handler;
    private static SmartObject service;

    private static synchronized void report(String kind, Object... fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("report", kind);
        for (int i = 0; i < fields.length; i += 2) line.put((String) fields[i], fields[i + 1]);
        try {
            OUT.println(JSON.writeValueAsString(line));
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static void addFunction(String id, String methodName, String... responses) {
        for (Method method : Functions.class.getDeclaredMethods()) {
            if (method.getName().equals(methodName)) {
                handler.addFunction(service, id, id, "Function " + id, responses, new Functions(), method);
            }
        }
    }

    private static void addExactNumber(String id, Class<?> type) {
        for (String event : Arrays.asList(id, id + "_BACK")) {
            handler.addEvent(service, event, event, "Event " + event, type, EventPriority.HIGH);
        }
        addFunction("ECHO_" + id, "echo" + id, id + "_BACK");
    }

    private static void connect(JsonNode command) {
        // The certificate of the tests is signed by nobody.
        client = new MsbClient.Builder()
            .url(command.get("url").asText()).disableHostnameVerification().build();
        handler = client.getClientHandler();
        service = new SmartObject(command.get("uuid").asText(), "Interop", "An official client", "t0ken");
        PAYLOADS.forEach((id, type) -> {
            handler.addEvent(service, id, id, "Event " + id, type, EventPriority.HIGH);
            addFunction("ECHO_" + id, "echo" + id, id);
        });
        if (command.path("special").asText().equals("exact-numbers")) {
            addExactNumber("LONG", Long.class);
            addExactNumber("DOUBLE", Double.class);
        }
        addFunction("NOTE", "note");
        addFunction("BOTH", "both", "TEXT", "NOTHING");
        handler.addConfigParam("limit", 80, PrimitiveFormat.INT32);
        handler.addConfigParam("factor", 1.5, PrimitiveFormat.DOUBLE);
        handler.addConfigParam("label", "left", PrimitiveType.STRING);
        handler.addConfigParam("enabled", true, PrimitiveType.BOOLEAN);
        handler.addConfigParam("since", "2017-07-14T02:40:00.123Z", PrimitiveFormat.DATE_TIME);
        handler.addFunctionCallsListener((uuid, functionId, correlationId, parameters) ->
            report("called", "function", functionId, "value", parameters.get("dataObject"),
                "correlationId", correlationId));
        handler.addConfigurationListener(message -> {
            // This client leaves it to the program to take the values over and to register again.
            message.getConfigurationParameters().forEach((name, value) ->
                service.getConfiguration().getParameters().get(name).setValue(value));
            try {
                handler.register(service);
            } catch (Exception error) {
                error.printStackTrace();
            }
        });
        client.connect();
        Thread watcher = new Thread(InteropClient::watch);
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Reports when the client's own view of the connection changes. */
    private static void watch() {
        Object last = null;
        try {
            for (;; Thread.sleep(20)) {
                Object state = Arrays.asList(client.isConnected(), client.isConnected() && client.isRegistered());
                if (!state.equals(last)) {
                    report("state", "connected", client.isConnected(), "registered", client.isRegistered());
                }
                last = state;
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void publish(JsonNode command) throws Exception {
        JsonNode priority = command.get("priority");
        JsonNode correlationId = command.get("correlationId");
        handler.publish(
            command.get("event").asText(),
            JSON.treeToValue(command.get("value"), Object.class),
            priority == null ? null : EventPriority.parse(priority.asInt()),
            command.has("cached"),
            new Date(),
            correlationId == null ? null : correlationId.asText());
    }

    private static void publishNumber(JsonNode command) throws Exception {
        String event = command.get("event").asText();
        String text = command.get("text").asText();
        Object value = event.equals("LONG") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        handler.publish(event, value, EventPriority.HIGH, false, new Date(),
            command.get("correlationId").asText());
    }

    private static void run(JsonNode command) throws Exception {
        switch (command.get("do").asText()) {
            case "connect": connect(command); break;
            case "register": handler.register(service); break;
            case "publish": publish(command); break;
            case "publishNumber": publishNumber(command); break;
            case "config":
                String name = command.get("name").asText();
                report("config", "name", name,
                    "value", service.getConfiguration().getParameters().get(name).getValue());
                break;
            case "disconnect": client.disconnect(); break;
            default: throw new IllegalArgumentException(command.toString());
        }
    }

    public static void main(String[] args) throws Exception {
        // What a library prints must not stand between the reports.
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) run(JSON.readTree(line));
        // The client's threads would keep the process alive.
        System.exit(0);
    }
}
