package dev.weir.serving.http;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The dashboard, the API's page and the libraries of both. A browser keeps the files that the
 * dashboard's page names; of all others it asks each time whether they have changed.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {
  private static final CacheControl ASK = CacheControl.noCache();
  private static final CacheControl KEEP =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    DashboardRelease release = new DashboardRelease();
    serve(
        registry.addResourceHandler("/**").addResourceLocations("classpath:/static/"),
        ASK,
        given(Map.of("index.html", release.page())));
    serve(
        registry
            .addResourceHandler("/webjars/**")
            .addResourceLocations("classpath:/META-INF/resources/webjars/"),
        ASK,
        given(Map.of()));
    release
        .files()
        .forEach(
            (path, file) ->
                serve(
                    registry.addResourceHandler(release.folder(path) + "**"),
                    KEEP,
                    given(Map.of(path, file))));
    // While an instance of another release serves pages, too: each file goes with any other.
    serve(
        registry.addResourceHandler("/files/*/**"),
        ASK,
        new GivenFiles(release.files(), path -> path.substring(path.indexOf('/') + 1)));
  }

  private static GivenFiles given(Map<String, GivenFile> files) {
    return new GivenFiles(files, UnaryOperator.identity());
  }

  private static void serve(
      ResourceHandlerRegistration handler, CacheControl keeping, GivenFiles given) {
    CompressedFiles files = new CompressedFiles();
    handler
        .setCacheControl(keeping)
        .setUseLastModified(false)
        .setEtagGenerator(files::tag)
        .resourceChain(false)
        .addResolver(files)
        .addResolver(given);
  }
}
