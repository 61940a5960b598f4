package dev.weir.serving.security.caller;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do; each role may do what the ones before it may. */
public enum Role {
  /** Asks: every GET of the API, exports included. */
  READER,
  /** Also sets things going: runs of reports, emptying the cache; sees the audit log. */
  OPERATOR,
  /** Also makes and revokes API keys. */
  ADMIN;

  /** The role's word, or nothing if there is no such role. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** Every word, the weakest role first. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Role::word).toList();
  }

  /** How it is written in options, tables and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** This role and all that it includes, as what Spring Security compares. */
  public List<GrantedAuthority> authorities() {
    return Arrays.stream(values())
        .filter(role -> compareTo(role) >= 0)
        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.word()))
        .toList();
  }
}
