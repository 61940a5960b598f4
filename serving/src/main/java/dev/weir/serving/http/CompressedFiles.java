package dev.weir.serving.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.resource.AbstractResourceResolver;
import org.springframework.web.servlet.resource.HttpResource;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * Files of text for whoever takes gzip: read and compressed once, and not for everyone who asks.
 * Kept as long as the application runs, since they do not change.
 */
final class CompressedFiles extends AbstractResourceResolver {
  private static final Set<String> TEXT =
      Set.of("text/css", "text/html", "text/javascript", "application/javascript", "image/svg+xml");

  /** By the file: paths to it are without number, because a character may be written as %6D. */
  private final Map<Resource, Compressed> compressed = new ConcurrentHashMap<>();

  private final Map<Resource, String> tags = new ConcurrentHashMap<>();

  @Override
  protected Resource resolveResourceInternal(
      HttpServletRequest request,
      String requestPath,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    Resource file = chain.resolveResource(request, requestPath, locations);
    return file != null && request != null && isText(file) && AcceptedCodings.gzip(request)
        ? compressed.computeIfAbsent(file, this::compress)
        : file;
  }

  private static boolean isText(Resource file) {
    return MediaTypeFactory.getMediaType(file)
        .map(type -> TEXT.contains(type.toString()))
        .orElse(false);
  }

  /**
   * What a browser keeps beside a file, and sends to ask whether it has changed. A time would not
   * do: the files of an older release, put back, are not newer. Weak, because both codings have the
   * same.
   */
  String tag(Resource file) {
    return file instanceof Compressed kept
        ? kept.tag
        : tags.computeIfAbsent(file, CompressedFiles::digest);
  }

  private static String digest(Resource file) {
    try (InputStream in = file.getInputStream()) {
      return "W/\"" + DigestUtils.md5DigestAsHex(in) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private Compressed compress(Resource file) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (InputStream in = file.getInputStream();
        GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return new Compressed(file, gzip.toByteArray(), tag(file));
  }

  @Override
  protected String resolveUrlPathInternal(
      String resourceUrlPath, List<? extends Resource> locations, ResourceResolverChain chain) {
    return chain.resolveUrlPath(resourceUrlPath, locations);
  }

  private static final class Compressed extends TransformedResource implements HttpResource {
    private final String tag;

    private Compressed(Resource original, byte[] gzip, String tag) {
      super(original, gzip);
      this.tag = tag;
    }

    @Override
    public HttpHeaders getResponseHeaders() {
      HttpHeaders headers = new HttpHeaders();
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
      headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
      return headers;
    }
  }
}
