package dev.weir.serving.security;

import dev.weir.serving.security.answer.Problems;
import dev.weir.serving.security.answer.Refusals;
import dev.weir.serving.security.audit.AuditActions;
import dev.weir.serving.security.audit.AuditLog;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.credential.Credentials;
import dev.weir.serving.security.key.ApiKeys;
import dev.weir.serving.security.key.KeyStore;
import dev.weir.serving.security.limit.CallerLimits;
import dev.weir.serving.security.limit.CallerRate;
import dev.weir.serving.security.limit.QuestionTurns;
import dev.weir.serving.security.limit.RequestLimits;
import dev.weir.serving.security.proxy.ForwardedRequests;
import dev.weir.serving.security.session.OwnPagesOnly;
import dev.weir.serving.security.session.Sessions;
import dev.weir.serving.security.token.Tokens;
import dev.weir.serving.sql.WriteDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in front of every endpoint, in this order: who is behind the proxy, headers, limits
 * of a request, other origins, who asks, whether another site's page made them, how much they ask,
 * whether they may, the audit log. What is not named here needs an administrator.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
  /** The dashboard's files, the shell of the API's page, whether the server lives: no data. */
  private static final String[] OPEN = {
    "/",
    "/health",
    "/docs",
    "/docs/**",
    "/{file:[a-zA-Z0-9_-]+\\.(?:html|css|js|svg|png|ico|webmanifest|txt)}",
    "/js/**",
    "/css/**",
    "/files/**",
    "/webjars/**"
  };

  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  @Bean
  Problems problems(JsonMapper json) {
    return new Problems(json);
  }

  @Bean
  AuditLog auditLog(WriteDatabase writing) {
    return new AuditLog(writing.client());
  }

  @Bean
  Refusals refusals(Problems problems, AuditLog audit) {
    return new Refusals(problems, audit);
  }

  @Bean
  KeyStore keyStore(WriteDatabase database) {
    return new KeyStore(database.client());
  }

  @Bean
  ApiKeys apiKeys(KeyStore store, Clock clock) {
    return new ApiKeys(store, clock);
  }

  @Bean
  Credentials credentials(ApiKeys keys, SecurityOptions options, Clock clock) {
    return new Credentials(
        keys,
        options
            .oidc()
            .map(
                oidc ->
                    new Tokens(
                        oidc.issuer(), oidc.audience(), oidc.rolesClaim(), oidc.rolePrefix())),
        clock);
  }

  @Bean
  Sessions sessions(Clock clock) {
    return new Sessions(clock);
  }

  @Bean
  CallerRate callerRate(SecurityOptions options, Problems problems) {
    return new CallerRate(options.requestsPerMinute(), problems);
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http,
      SecurityOptions options,
      Credentials credentials,
      Sessions sessions,
      Refusals refusals,
      Problems problems,
      AuditLog audit,
      CallerRate rate)
      throws Exception {
    return http
        // Sessions, headers and protection against forged requests are Weir's own, see there.
        .csrf(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilter(origins(options, problems))
        .exceptionHandling(
            refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .addFilterBefore(
            options.on()
                ? new CredentialFilter(credentials, sessions, refusals)
                : new AnyoneFilter(),
            AnonymousAuthenticationFilter.class)
        .addFilterBefore(new OwnPagesOnly(refusals), AnonymousAuthenticationFilter.class)
        .addFilterBefore(
            new CallerLimits(rate, options.concurrentRequests(), problems),
            AnonymousAuthenticationFilter.class)
        .addFilterBefore(new QuestionTurns(problems), AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            ask ->
                ask.requestMatchers(HttpMethod.GET, OPEN)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, OPEN)
                    .permitAll()
                    .requestMatchers("/error")
                    .denyAll()
                    .requestMatchers(HttpMethod.POST, "/api/v1/session")
                    .permitAll()
                    .requestMatchers("/api/v1/me", "/api/v1/session")
                    .authenticated()
                    .requestMatchers("/api/v1/keys", "/api/v1/keys/**")
                    .hasAuthority(Role.ADMIN.word())
                    .requestMatchers("/api/v1/audit")
                    .hasAuthority(Role.OPERATOR.word())
                    .requestMatchers(HttpMethod.GET, "/api/**", "/openapi.json")
                    .hasAuthority(Role.READER.word())
                    .requestMatchers(HttpMethod.HEAD, "/api/**", "/openapi.json")
                    .hasAuthority(Role.READER.word())
                    .requestMatchers("/api/**")
                    .hasAuthority(Role.OPERATOR.word())
                    .anyRequest()
                    .hasAuthority(Role.ADMIN.word()))
        .addFilterAfter(new AuditActions(audit), AuthorizationFilter.class)
        .build();
  }

  /** Other origins may read with a header's credential, never with a cookie. */
  private static CorsFilter origins(SecurityOptions options, Problems problems) {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    if (!options.corsOrigins().isEmpty()) {
      CorsConfiguration open = new CorsConfiguration();
      open.setAllowedOrigins(options.corsOrigins());
      open.setAllowedMethods(List.of("GET", "HEAD"));
      open.setAllowedHeaders(
          List.of("Authorization", "X-Api-Key", "Accept", "If-None-Match", "Last-Event-ID"));
      open.setExposedHeaders(
          List.of("ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "WWW-Authenticate"));
      open.setAllowCredentials(false);
      open.setMaxAge(Duration.ofMinutes(10));
      source.registerCorsConfiguration("/api/**", open);
      source.registerCorsConfiguration("/openapi.json", open);
    }
    CorsFilter filter = new CorsFilter(source);
    filter.setCorsProcessor(new OtherOrigins(problems));
    return filter;
  }

  /**
   * While security is off a page of another name that resolves to this machine could read what it
   * likes: so only the machine's own names are answered.
   */
  @Bean
  StrictHttpFirewall firewall(SecurityOptions options) {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    if (!options.on()) {
      firewall.setAllowedHostnames(
          host -> LOOPBACK_NAMES.contains(host) || options.address().getHostAddress().equals(host));
    }
    return firewall;
  }

  @Bean
  DelegatingFilterProxyRegistrationBean chainRegistration() {
    DelegatingFilterProxyRegistrationBean chain =
        new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    chain.setOrder(Ordered.HIGHEST_PRECEDENCE + 40);
    return chain;
  }

  @Bean
  FilterRegistrationBean<ForwardedRequests> forwardedRequests(SecurityOptions options) {
    FilterRegistrationBean<ForwardedRequests> filter =
        new FilterRegistrationBean<>(new ForwardedRequests(options.trustedProxies()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<RequestLimits> requestLimits(Problems problems) {
    FilterRegistrationBean<RequestLimits> filter =
        new FilterRegistrationBean<>(new RequestLimits(problems));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
    return filter;
  }

  /**
   * Comes after Spring's own settings, so that no environment variable binds the server elsewhere.
   */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<ConfigurableWebServerFactory> boundTo(SecurityOptions options) {
    return server -> server.setAddress(options.address());
  }
}
