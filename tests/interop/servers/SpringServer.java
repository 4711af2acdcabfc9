import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * Spring's SockJS at /websocket/data with its default settings, and behind it as much of an MSB as it takes to answer: what the
 * transport does is Spring's, what the messages mean is made up here. Writes its port, and ends with its input.
 */
public class SpringServer {
  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("spring-server").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(new WsSci(), null);
    AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
    beans.register(Settings.class);
    var servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(beans));
    servlet.setAsyncSupported(true);
    servlet.setLoadOnStartup(1);
    context.addServletMappingDecoded("/", "spring");
    tomcat.start();
    System.out.println("port " + tomcat.getConnector().getLocalPort());
    while (System.in.read() != -1) {
      // Nobody says anything; the end of it is what counts.
    }
    System.exit(0);
  }

  @Configuration
  @EnableWebSocket
  public static class Settings implements WebSocketConfigurer {
    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
      registry.addHandler(new Answers(), "/websocket/data").withSockJS();
    }
  }

  /** R is IO_REGISTERED if it has a uuid that is not connected elsewhere, E is IO_PUBLISHED if its event was described. */
  static class Answers extends TextWebSocketHandler {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, WebSocketSession> owners = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> events = new ConcurrentHashMap<>();

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
      session.sendMessage(new TextMessage("IO_CONNECTED"));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
      String text = message.getPayload();
      if (text.startsWith("R")) {
        session.sendMessage(new TextMessage(register(session, text.substring(1))));
      } else if (text.startsWith("E")) {
        session.sendMessage(new TextMessage(publish(session, text.substring(1))));
      }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
      owners.values().removeIf(owner -> owner == session);
    }

    private String register(WebSocketSession session, String text) {
      try {
        JsonNode service = json.readTree(text);
        String uuid = service.path("uuid").asText("");
        if (uuid.isEmpty() || service.path("token").asText("").isEmpty()) {
          return "NIO_REGISTRATION_ERROR";
        }
        WebSocketSession owner = owners.putIfAbsent(uuid, session);
        if (owner != null && owner != session) {
          return "NIO_ALREADY_CONNECTED";
        }
        Set<String> ids = new HashSet<>();
        service.path("events").forEach(event -> ids.add(event.path("eventId").asText()));
        events.put(uuid, ids);
        return "IO_REGISTERED";
      } catch (Exception error) {
        return "NIO_UNEXPECTED_REGISTRATION_ERROR";
      }
    }

    private String publish(WebSocketSession session, String text) {
      try {
        JsonNode event = json.readTree(text);
        String uuid = event.path("uuid").asText("");
        boolean isDescribed = events.getOrDefault(uuid, Set.of()).contains(event.path("eventId").asText());
        return isDescribed && owners.get(uuid) == session ? "IO_PUBLISHED" : "NIO_EVENT_FORWARDING_ERROR";
      } catch (Exception error) {
        return "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR";
      }
    }
  }
}
