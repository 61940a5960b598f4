package dev.weir.benchmark.query;

import dev.weir.benchmark.BenchmarkFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks the serving application; anything but 200 is a failure. */
final class Viewer {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  /**
   * Sets up the address.
   *
   * @param address scheme, host and port
   */
  Viewer(String address) {
    this.address = address;
  }

  String get(String path) throws IOException, InterruptedException {
    return body(client.send(request(path), BodyHandlers.ofString()));
  }

  CompletableFuture<String> getAsync(String path) {
    return client.sendAsync(request(path), BodyHandlers.ofString()).thenApply(Viewer::body);
  }

  /** Opens a stream of server-sent events; the caller closes it. */
  Stream<String> watch(String path) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response = client.send(request(path), BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new BenchmarkFailure(response.uri() + " answered " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).build();
  }

  private static String body(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new BenchmarkFailure(
          response.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }
}
