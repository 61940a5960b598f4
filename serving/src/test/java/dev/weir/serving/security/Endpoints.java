package dev.weir.serving.security;

import dev.weir.serving.security.caller.Role;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every endpoint that the running application has, found there, so that none is forgotten. */
final class Endpoints {
  /** What needs no credential; everything else does. */
  private static final Set<String> OPEN =
      Set.of("GET /health", "POST /api/v1/session", "GET /docs", "GET /docs/");

  private Endpoints() {}

  /**
   * An endpoint.
   *
   * @param pattern with its path variables
   * @param parameters names of query parameters that it reads
   * @param anyParameter whether it reads others, too
   */
  record Endpoint(String method, String pattern, List<String> parameters, boolean anyParameter) {
    boolean open() {
      return OPEN.contains(this.toString());
    }

    /** The weakest role that may ask it; null if any role and none may. */
    Role needed() {
      if (pattern.equals("/api/v1/me") || pattern.equals("/api/v1/session")) {
        return null;
      }
      if (pattern.startsWith("/api/v1/keys")) {
        return Role.ADMIN;
      }
      if (pattern.equals("/api/v1/audit")) {
        return Role.OPERATOR;
      }
      if (!pattern.startsWith("/api/") && !pattern.equals("/openapi.json")) {
        return Role.ADMIN;
      }
      return method.equals("GET") ? Role.READER : Role.OPERATOR;
    }

    boolean allows(Role role) {
      // Reached by the server itself only, after a failure.
      return !pattern.equals("/error") && allowsIt(role);
    }

    private boolean allowsIt(Role role) {
      return needed() == null || (role != null && role.compareTo(needed()) >= 0);
    }

    /** A path that matches: {@code value} in place of each variable. */
    String path(String value) {
      return pattern.replaceAll("\\{[^}]*}", value).replace("**", value).replace("*", value);
    }

    boolean hasVariable() {
      return pattern.contains("{");
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  static List<Endpoint> of(ApplicationContext context) {
    List<Endpoint> endpoints = new ArrayList<>();
    context
        .getBeansOfType(RequestMappingHandlerMapping.class)
        .values()
        .forEach(
            mapping ->
                mapping
                    .getHandlerMethods()
                    .forEach((info, method) -> add(info, method, endpoints)));
    endpoints.sort(Comparator.comparing(Endpoint::toString));
    return endpoints;
  }

  private static void add(RequestMappingInfo info, HandlerMethod handler, List<Endpoint> to) {
    List<String> parameters = new ArrayList<>();
    boolean any = false;
    for (Parameter parameter : handler.getMethod().getParameters()) {
      any |= MultiValueMap.class.isAssignableFrom(parameter.getType());
      if (parameter.isAnnotationPresent(RequestParam.class)
          && !MultiValueMap.class.isAssignableFrom(parameter.getType())) {
        String named = parameter.getAnnotation(RequestParam.class).value();
        parameters.add(named.isEmpty() ? parameter.getName() : named);
      }
    }
    List<String> methods =
        info.getMethodsCondition().getMethods().isEmpty()
            ? Arrays.asList("GET", "POST")
            : info.getMethodsCondition().getMethods().stream().map(Enum::name).toList();
    for (String pattern : info.getPatternValues()) {
      for (String method : methods) {
        to.add(new Endpoint(method, pattern, List.copyOf(parameters), any));
      }
    }
  }
}
