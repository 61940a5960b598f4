package dev.weir.serving.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.AbstractResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.servlet.resource.TransformedResource;

/** Lets the dashboard's page name its files by their release's addresses. */
final class NamesRelease extends AbstractResourceResolver {
  private static final String PAGE = "index.html";
  private static final List<String> FOLDERS = List.of("/js/", "/css/", "/webjars/");

  private final DashboardRelease release;
  private volatile Resource page;

  NamesRelease(DashboardRelease release) {
    this.release = release;
  }

  @Override
  protected Resource resolveResourceInternal(
      HttpServletRequest request,
      String requestPath,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    Resource file = chain.resolveResource(request, requestPath, locations);
    if (file == null || !requestPath.equals(PAGE)) {
      return file;
    }
    if (page == null) {
      page = named(file);
    }
    return page;
  }

  private Resource named(Resource file) {
    try {
      String html = file.getContentAsString(StandardCharsets.UTF_8);
      for (String folder : FOLDERS) {
        html = html.replace("=\"" + folder, "=\"" + release.address(folder));
      }
      return new TransformedResource(file, html.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  protected String resolveUrlPathInternal(
      String resourceUrlPath, List<? extends Resource> locations, ResourceResolverChain chain) {
    return chain.resolveUrlPath(resourceUrlPath, locations);
  }
}
