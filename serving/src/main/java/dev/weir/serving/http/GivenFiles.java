package dev.weir.serving.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.AbstractResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/** Files in memory, by their paths; whatever else is asked for is sought as usual. */
final class GivenFiles extends AbstractResourceResolver {
  private final Map<String, GivenFile> files;
  private final UnaryOperator<String> path;

  /**
   * Files.
   *
   * @param path of what is asked for, the path by which a file is known
   */
  GivenFiles(Map<String, GivenFile> files, UnaryOperator<String> path) {
    this.files = Map.copyOf(files);
    this.path = path;
  }

  @Override
  protected Resource resolveResourceInternal(
      HttpServletRequest request,
      String requestPath,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    Resource file = files.get(path.apply(requestPath));
    return file != null ? file : chain.resolveResource(request, requestPath, locations);
  }

  @Override
  protected String resolveUrlPathInternal(
      String resourceUrlPath, List<? extends Resource> locations, ResourceResolverChain chain) {
    return chain.resolveUrlPath(resourceUrlPath, locations);
  }
}
