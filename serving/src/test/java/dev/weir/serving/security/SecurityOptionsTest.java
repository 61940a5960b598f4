package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.option.GivenOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityOptionsTest {
  private final List<String> errors = new ArrayList<>();

  @Test
  void isOffWhileOnlyThisMachineReachesTheServer() {
    SecurityOptions options = read();

    assertThat(options.on()).isFalse();
    assertThat(options.address().isLoopbackAddress()).isTrue();
    assertThat(options.corsOrigins()).isEmpty();
    assertThat(options.requestsPerMinute()).isEqualTo(1200);
    assertThat(errors).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.address=0.0.0.0",
        "--server.address=::",
        "--server.trusted-proxy=10.0.0.1",
        "--security=on"
      })
  void isOnWhereOthersReachIt(String option) {
    assertThat(read(option).on()).isTrue();
    assertThat(errors).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--server.address=0.0.0.0", "--server.address=::", "--server.trusted-proxy=::1"})
  void cannotBeSwitchedOffThere(String option) {
    read(option, "--security=off");

    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("--security off is refused with " + option.replace('=', ' '))
        .contains("leave --security off away, or bind to 127.0.0.1");
  }

  @Test
  void knowsEveryNameOfLoopback() {
    assertThat(read("--server.address=localhost").on()).isFalse();
    assertThat(read("--server.address=::1").on()).isFalse();
    assertThat(read("--server.address=127.0.0.2", "--security=on").on()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--security=maybe|--security must be on or off (it is maybe)",
        "--server.address=no.such.host.invalid|--server.address must be an address of this machine",
        "--server.trusted-proxy=proxy.example.org|(it is proxy.example.org)",
        "--server.trusted-proxy=10.0.0.0/99|(it is 10.0.0.0/99)",
        "--security.cors-origin=*|without a path or a * (it is *)",
        "--security.cors-origin=https://a.example/x|(it is https://a.example/x)",
        "--security.rate-limit=0|--security.rate-limit must be a number from 1",
        "--security.concurrent-requests=x|--security.concurrent-requests must be a number from 1",
        "--security.oidc-issuer=https://id.example.org|belong together",
        "--security.oidc-audience=weir|belong together"
      })
  void saysWhatIsWrong(String option, String message) {
    read(option);

    assertThat(errors).singleElement().asString().contains(message);
  }

  @Test
  void takesTokensOnlyFromAProviderWhoseKeysNobodyElseCanChange() {
    read("--security.oidc-issuer=http://id.example.org", "--security.oidc-audience=weir");

    assertThat(errors).singleElement().asString().contains("must be an https:// URL");
  }

  @Test
  void readsSeveralOriginsAndProxies() {
    SecurityOptions options =
        read(
            "--security.cors-origin=https://a.example, http://localhost:3000",
            "--server.trusted-proxy=10.0.0.0/8,::1");

    assertThat(options.corsOrigins()).containsExactly("https://a.example", "http://localhost:3000");
    assertThat(options.trustedProxies().include("10.9.8.7")).isTrue();
    assertThat(options.trustedProxies().include("0:0:0:0:0:0:0:1")).isTrue();
    assertThat(options.trustedProxies().include("11.0.0.1")).isFalse();
    assertThat(options.trustedProxies().include("localhost")).isFalse();
    assertThat(errors).isEmpty();
  }

  private SecurityOptions read(String... arguments) {
    return SecurityOptions.read(
        new GivenOptions(SecurityOptions.OPTIONS, List.of(arguments), Map.of(), errors));
  }
}
