package dev.weir.serving.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that an operation of the API does not have: whoever sends one expects it to
 * change the answer. Operations that take all parameters as a map look at them themselves.
 */
@Configuration(proxyBeanMethods = false)
class DeclaredParameters implements HandlerInterceptor, WebMvcConfigurer {
  private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    // Whoever asks for the methods of a path asks with the parameters of another.
    if (request.getQueryString() != null
        && !request.getMethod().equals(HttpMethod.OPTIONS.name())
        && handler instanceof HandlerMethod operation) {
      refuseUndeclared(names(request.getQueryString()), operation);
    }
    return true;
  }

  /** Of the query alone: a body is the operation's, whatever it is. */
  private static Set<String> names(String query) {
    Set<String> names = new TreeSet<>();
    for (String parameter : query.split("&", -1)) {
      String name = parameter.split("=", 2)[0];
      if (!name.isEmpty()) {
        names.add(decoded(name));
      }
    }
    return names;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name; // as it came: it is none of those declared
    }
  }

  private void refuseUndeclared(Set<String> sent, HandlerMethod operation) {
    List<MethodParameter> declared =
        Arrays.stream(operation.getMethodParameters())
            .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
            .toList();
    if (declared.stream().anyMatch(one -> Map.class.isAssignableFrom(one.getParameterType()))) {
      return;
    }
    List<String> known = declared.stream().map(this::name).toList();
    List<ParameterProblem> problems =
        sent.stream()
            .filter(name -> !known.contains(name))
            .map(
                name ->
                    new ParameterProblem(
                        name, ParameterProblem.UNKNOWN, ParameterProblem.oneOf(known)))
            .toList();
    if (!problems.isEmpty()) {
      throw new BadParametersException(problems);
    }
  }

  private String name(MethodParameter parameter) {
    String given = parameter.getParameterAnnotation(RequestParam.class).name();
    parameter.initParameterNameDiscovery(names);
    return given.isEmpty() ? parameter.getParameterName() : given;
  }
}
