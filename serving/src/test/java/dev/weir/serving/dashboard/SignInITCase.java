package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.key.KeyStore;
import dev.weir.serving.security.key.NewKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard where a key is needed. */
class SignInITCase {
  @TempDir private static Path folder;
  private static Dashboard dashboard;

  @BeforeAll
  static void start() throws IOException {
    dashboard = new Dashboard(folder, "--security=on");
  }

  @AfterAll
  static void stop() {
    dashboard.close();
  }

  @Test
  void asksForAKeyOnceAndShowsWhatTheAddressNames() {
    String key =
        dashboard
            .bean(KeyStore.class)
            .create(new NewKey("the product's", Role.READER, "test", null))
            .text()
            .revealed();
    String all = String.format(Locale.ROOT, "%,d", dashboard.fixed().size());
    try (Tab tab = dashboard.open("/#/overview?from=2026-03-01&to=2026-03-09")) {
      assertThat(tab.find("#key")).isFocused();
      assertThat(tab.find("#bar")).isHidden();
      tab.find("#key").fill("weir_0000");
      tab.page().keyboard().press("Enter");
      assertThat(tab.find(".sign-in [role=alert]")).containsText("This key is not known");
      tab.picture("sign-in");

      tab.find("#key").fill(key);
      tab.page().keyboard().press("Enter");
      assertThat(tab.tile("events").locator("strong")).hasText(all);
      assertThat(tab.find("#connection")).hasText("live");
      assertThat(tab.find("#open-door")).isHidden();
      assertThat(tab.page().evaluate("document.cookie")).isEqualTo("");
      assertThat(tab.page().evaluate("Object.keys(localStorage).join()")).isEqualTo("");
      tab.page().reload();
      assertThat(tab.tile("events").locator("strong")).hasText(all);

      tab.find("#sign-out").click();
      assertThat(tab.find("#key")).isVisible();
      assertThat(tab.complaints())
          .as("the browser notes the refused key, and nothing else")
          .allMatch(complaint -> complaint.contains("status of 401"));
    }
  }

  @Test
  void saysWhenNobodyIsAskedForAKey() throws IOException {
    try (Dashboard open = new Dashboard(folder);
        Tab tab = open.open("/#/overview").loaded()) {
      assertThat(tab.find("#open-door")).containsText("Security is off");
      assertThat(tab.find("#sign-out")).isHidden();
      assertThat(tab.complaints()).isEqualTo(List.of());
    }
  }
}
