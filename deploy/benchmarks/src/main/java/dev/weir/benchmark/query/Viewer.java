package dev.weir.benchmark.query;

import dev.weir.benchmark.BenchmarkFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Asks the serving application as a browser does, which takes compressed answers and decompresses
 * them; anything but 200 is a failure.
 */
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
    return body(client.send(request(path), Viewer::decoded));
  }

  CompletableFuture<String> getAsync(String path) {
    return client.sendAsync(request(path), Viewer::decoded).thenApply(Viewer::body);
  }

  /** Has the application forget every answer and part of one that it keeps. */
  Void forget() throws IOException, InterruptedException {
    HttpRequest clear =
        HttpRequest.newBuilder(URI.create(address + "/api/v1/cache/clear"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = client.send(clear, BodyHandlers.ofString());
    if (response.statusCode() != 204) {
      throw new BenchmarkFailure(response.uri() + " answered " + response.statusCode());
    }
    return null;
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
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Accept-Encoding", "gzip")
        .build();
  }

  private static BodySubscriber<String> decoded(ResponseInfo response) {
    boolean compressed =
        response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    return compressed
        ? BodySubscribers.mapping(BodySubscribers.ofByteArray(), Viewer::decompressed)
        : BodySubscribers.ofString(StandardCharsets.UTF_8);
  }

  private static String decompressed(byte[] gzip) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer is no gzip", e);
    }
  }

  private static String body(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new BenchmarkFailure(
          response.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }
}
